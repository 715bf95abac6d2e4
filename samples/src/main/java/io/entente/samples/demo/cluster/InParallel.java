package io.entente.samples.demo.cluster;

import io.entente.samples.terminal.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Does the same to several nodes at once, each in a thread of its own. */
final class InParallel {

    private InParallel() {}

    /** Waits for all, and then fails as the first that failed, if one did. */
    static void each(List<DemoNode> nodes, Consumer<DemoNode> action) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, nodes.size()));
        try {
            List<CompletableFuture<Optional<Throwable>>> ends = new ArrayList<>();
            for (DemoNode node : nodes) {
                ends.add(CompletableFuture.runAsync(() -> action.accept(node), threads)
                        .handle((done, failure) -> Optional.ofNullable(failure)));
            }
            List<Optional<Throwable>> failures =
                    ends.stream().map(CompletableFuture::join).toList();
            failures.stream().flatMap(Optional::stream).findFirst().ifPresent(InParallel::rethrow);
        } finally {
            threads.shutdown();
        }
    }

    private static void rethrow(Throwable thrown) {
        Throwable failure = Sentences.unwrapped(thrown);
        throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }
}
