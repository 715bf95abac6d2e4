package io.entente.samples.bench.jmh;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.message.EncodedEntry;
import io.entente.core.message.Entry;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
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

/** An entry that depends on one new write of another origin and replaces one version. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EntryCodecBenchmark {

    private static final long SEQUENCE = 123_456;

    /** The value's size. */
    @Param({"100", "4096"})
    public int valueBytes;

    private final EntryCodec codec = new EntryCodec(new OriginCodec(new OriginPool()));
    private final List<Origin> origins = Origins.take(2);
    private Entry entry = entry(1);
    private Bytes encoded = Bytes.empty();

    /** The entry and its bytes. */
    @Setup
    public void prepare() {
        entry = entry(valueBytes);
        encoded = codec.encode(entry).encoded();
    }

    /** What the originating replica does once. */
    @Benchmark
    public EncodedEntry encode() {
        return codec.encode(entry);
    }

    /** What each receiving replica does, with the checksum. */
    @Benchmark
    public EncodedEntry decode() {
        return codec.decode(origins.get(0), SEQUENCE, encoded);
    }

    private Entry entry(int size) {
        return new Entry(
                new Dot(origins.get(0), SEQUENCE),
                VersionVector.of(origins.get(1), 98_765),
                new RecordKey("bench", "k12345"),
                Payload.value(Bytes.wrap(new byte[size])),
                new HybridTimestamp(1_700_000_000_000L, 3),
                List.of(new Dot(origins.get(1), 98_700)));
    }
}
