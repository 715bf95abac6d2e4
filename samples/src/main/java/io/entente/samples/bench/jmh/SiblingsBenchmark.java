package io.entente.samples.bench.jmh;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A record of some siblings with values of 100 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SiblingsBenchmark {

    private static final Payload VALUE = Payload.value(Bytes.wrap(new byte[100]));
    private static final HybridTimestamp WRITTEN = new HybridTimestamp(1_700_000_000_000L, 0);

    /** How many siblings the record has. */
    @Param({"1", "3", "64"})
    public int siblings;

    private final SiblingsCodec codec = new SiblingsCodec(new OriginCodec(new OriginPool()));
    private Siblings record = Siblings.none();
    private Sibling added = sibling(Origins.take(1).get(0), 1);
    private Bytes encoded = Bytes.empty();

    /** The record, its bytes, and a write of a further origin. */
    @Setup
    public void prepare() {
        List<Origin> origins = Origins.take(siblings + 1);
        record = Siblings.of(origins.stream()
                .limit(siblings)
                .map(origin -> sibling(origin, 7))
                .toArray(Sibling[]::new));
        added = sibling(origins.get(siblings), 7);
        encoded = codec.encode(record);
    }

    /** A write that has seen all siblings. */
    @Benchmark
    public Siblings replaceAll() {
        return record.after(version -> true, added);
    }

    /** A write that has seen none: it becomes one more. */
    @Benchmark
    public Siblings addOne() {
        return record.after(version -> false, added);
    }

    /** The record on its way into the store. */
    @Benchmark
    public Bytes encode() {
        return codec.encode(record);
    }

    /** The record on its way out of the store. */
    @Benchmark
    public Siblings decode() {
        return codec.decode(encoded);
    }

    private static Sibling sibling(Origin origin, long sequence) {
        return new Sibling(new Dot(origin, sequence), WRITTEN, VALUE);
    }
}
