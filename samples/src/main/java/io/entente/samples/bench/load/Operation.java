package io.entente.samples.bench.load;

import java.util.concurrent.CompletionStage;

/** A request by its number. Thread-safe: loops of several threads may start operations of one kind. */
@FunctionalInterface
public interface Operation {

    /** Starts it, without waiting; the stage fails when the system under test refuses or fails. */
    CompletionStage<?> start(int number);
}
