package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.SessionTokenCodec;
import io.entente.core.message.Entry;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What names all that was applied is short, and names all of it, however often nodes start anew. */
class FrontierTest {

    private static final List<String> DATA_CENTERS = List.of("eu", "us", "ap", "sa", "af", "me", "oc");
    private static final int PARTITIONS = 8;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void whoHasTheFrontierHasEverything() {
        for (int history = 0; history < 200; history++) {
            Site site = new Site(DATA_CENTERS.subList(0, random.nextInt(1, 5)));
            for (int event = 0; event < 100; event++) {
                site.anything();
                for (Node node : site.nodes) {
                    VersionVector frontier = node.frontier.toVector();
                    assertThat(site.closure(frontier)).isEqualTo(node.applied);
                    assertThat(node.recovered().toVector()).isEqualTo(frontier);
                }
            }
        }
    }

    @Test
    void aTokenOfSevenDataCentersEightPartitionsAndAHundredRestartsFitsInto4KiB() {
        SortedMap<Integer, VersionVector> token = new TreeMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Site site = new Site(DATA_CENTERS);
            for (int restart = 0; restart < 100; restart++) {
                for (Node node : site.nodes) {
                    node.restart();
                    node.write();
                    site.nodes.get(random.nextInt(DATA_CENTERS.size())).pull(node);
                }
            }
            Node reader = site.nodes.get(0);
            site.nodes.forEach(reader::pull);
            assertThat(reader.applied.size()).isEqualTo(700);
            assertThat(reader.frontier.toVector().size()).isLessThanOrEqualTo(DATA_CENTERS.size());
            token.put(partition, reader.frontier.toVector());
        }
        String text = new SessionTokenCodec(SessionTokenCodec.MOST_LENGTH).encode(token);
        assertThat(text.length()).isLessThanOrEqualTo(4_096);
    }

    /** A few nodes that write, pull everything from each other, and start anew. */
    private final class Site {

        private final List<Node> nodes = new ArrayList<>();
        private final Map<Dot, Entry> entries = new LinkedHashMap<>();

        Site(List<String> dataCenters) {
            dataCenters.forEach(dataCenter -> nodes.add(new Node(this, dataCenter)));
        }

        private void anything() {
            Node node = nodes.get(random.nextInt(nodes.size()));
            switch (random.nextInt(5)) {
                case 0 -> node.restart();
                case 1, 2 -> node.write();
                default -> node.pull(nodes.get(random.nextInt(nodes.size())));
            }
        }

        /** What a vector names, and all that these writes had seen, one after the other. */
        private VersionVector closure(VersionVector named) {
            VersionVector closure = VersionVector.empty();
            List<Dot> open = new ArrayList<>();
            named.forEach((origin, sequence) -> open.add(new Dot(origin, sequence)));
            while (!open.isEmpty()) {
                Dot dot = open.remove(open.size() - 1);
                if (closure.contains(dot)) {
                    continue;
                }
                for (long sequence = closure.sequenceOf(dot.origin()) + 1; sequence <= dot.sequence(); sequence++) {
                    Entry entry = Objects.requireNonNull(entries.get(new Dot(dot.origin(), sequence)));
                    entry.newDependencies().forEach((origin, seen) -> open.add(new Dot(origin, seen)));
                }
                closure = closure.with(dot.origin(), dot.sequence());
            }
            return closure;
        }
    }

    private final class Node {

        private final Site site;
        private final String dataCenter;
        private final List<Entry> log = new ArrayList<>();
        private final Frontier frontier = new Frontier();
        private VersionVector applied = VersionVector.empty();
        private VersionVector seenAtLastWrite = VersionVector.empty();
        private Origin incarnation;

        Node(Site site, String dataCenter) {
            this.site = site;
            this.dataCenter = dataCenter;
            this.incarnation = fresh();
        }

        private Origin fresh() {
            return new Origin(dataCenter, dataCenter + "-1", 1_800_000_000_000L, random.nextLong());
        }

        private void restart() {
            incarnation = fresh();
            seenAtLastWrite = VersionVector.empty();
        }

        private void write() {
            VersionVector news = applied.newSince(seenAtLastWrite).without(incarnation::equals);
            Dot dot = new Dot(incarnation, applied.sequenceOf(incarnation) + 1);
            Entry entry = new Entry(
                    dot,
                    news,
                    new RecordKey("m", "k"),
                    Payload.value(Bytes.empty()),
                    new HybridTimestamp(1, 0),
                    List.of(),
                    false);
            site.entries.put(dot, entry);
            apply(entry);
            seenAtLastWrite = applied;
        }

        private void pull(Node other) {
            for (Entry entry : List.copyOf(other.log)) {
                if (!applied.contains(entry.dot())) {
                    apply(entry);
                }
            }
        }

        private void apply(Entry entry) {
            log.add(entry);
            applied = applied.with(entry.dot().origin(), entry.dot().sequence());
            frontier.advance(entry);
        }

        /** The frontier as it is found again after a restart. */
        private Frontier recovered() {
            Map<Origin, VersionVector> dependencies = new LinkedHashMap<>();
            log.forEach(
                    entry -> dependencies.merge(entry.dot().origin(), entry.newDependencies(), VersionVector::join));
            Frontier recovered = new Frontier();
            recovered.begin(applied, dependencies.values());
            return recovered;
        }
    }
}
