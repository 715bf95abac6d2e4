package io.entente.samples.bench.measure;

import io.entente.samples.bench.report.Measurements;
import java.nio.file.Path;

/** Something that can be measured, any number of times. */
public interface Benchmark {

    /** Its name, as on the command line. */
    String name();

    /** How it measures, warm-up included, in a sentence or two. */
    String how();

    /**
     * Measures once.
     *
     * @param directory an empty directory, deleted afterwards
     * @param into takes the run's figures
     * @throws IllegalStateException when what is measured doesn't work
     */
    void measure(Path directory, Measurements into);
}
