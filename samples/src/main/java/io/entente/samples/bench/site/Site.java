package io.entente.samples.bench.site;

import java.util.concurrent.CompletableFuture;

/** A data center's node with a load generator beside it. What is asked of one site is done in its order. */
public interface Site extends AutoCloseable {

    /** Makes the workload's writes {@code from} to before {@code to} in a closed loop. */
    CompletableFuture<Void> write(int from, int to);

    /** Writes each key from that number to before {@code to} once, in steps of {@code step}, in a closed loop. */
    CompletableFuture<Void> fill(int from, int to, int step);

    /** Waits until the site has durably applied so many writes of all origins; answers with its vectors as text. */
    CompletableFuture<String> awaitTotal(long writes);

    /** How many writes of all origins the site has durably applied. */
    CompletableFuture<Long> total();

    /** What its process has used so far. */
    CompletableFuture<Usage> usage();

    /** The bytes of heap that its process holds on to, as a collection leaves them. */
    CompletableFuture<Long> heapAfterCollection();

    /** The most that it held on to, as collections left it while it became ready, one every few seconds. */
    CompletableFuture<Long> largestHeap();

    @Override
    void close();
}
