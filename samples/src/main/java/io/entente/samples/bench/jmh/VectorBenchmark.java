package io.entente.samples.bench.jmh;

import io.entente.conflict.version.Causality;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
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

/** Version vectors of some origins, of which one writes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class VectorBenchmark {

    /** How many origins the vectors name. */
    @Param({"3", "100", "1000"})
    public int origins;

    private Origin writer = Origins.take(1).get(0);
    private Dot dot = new Dot(writer, 1);
    private VersionVector vector = VersionVector.empty();
    private VersionVector other = VersionVector.empty();

    /** Two vectors of the same origins, each ahead in one of them. */
    @Setup
    public void prepare() {
        List<Origin> named = Origins.take(origins);
        writer = named.get(origins / 2);
        dot = new Dot(writer, 1_000);
        vector = Origins.vector(named, 1_000).with(named.get(0), 5_000);
        other = Origins.vector(named, 1_000).with(named.get(origins - 1), 5_000);
    }

    /** What applying an entry does to the vector. */
    @Benchmark
    public VersionVector with() {
        return vector.with(writer, 1_000_000);
    }

    /** Whether a write was seen. */
    @Benchmark
    public boolean contains() {
        return vector.contains(dot);
    }

    /** Concurrent vectors compared. */
    @Benchmark
    public Causality compare() {
        return vector.compare(other);
    }

    /** Concurrent vectors joined. */
    @Benchmark
    public VersionVector join() {
        return vector.join(other);
    }

    /** What an entry carries as new dependencies. */
    @Benchmark
    public VersionVector newSince() {
        return other.newSince(vector);
    }
}
