package io.entente.samples.bench.jmh;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import java.util.ArrayList;
import java.util.List;

/** Made-up origins, the same in each fork. */
final class Origins {

    private static final long FIRST_MILLIS = 1_700_000_000_000L;
    private static final List<String> DATA_CENTERS = List.of("eu", "us", "ap");

    private Origins() {}

    /** So many, of the nodes of three data centers in turn. */
    static List<Origin> take(int count) {
        List<Origin> origins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String dataCenter = DATA_CENTERS.get(i % DATA_CENTERS.size());
            origins.add(new Origin(dataCenter, dataCenter + "-1", FIRST_MILLIS + i, i * 0x9E3779B97F4A7C15L));
        }
        return origins;
    }

    /** A vector of these, each with that sequence and its place in the list. */
    static VersionVector vector(List<Origin> origins, long sequence) {
        VersionVector.Builder vector = new VersionVector.Builder(origins.size());
        for (int i = 0; i < origins.size(); i++) {
            vector.raise(origins.get(i), sequence + i);
        }
        return vector.build();
    }
}
