package io.entente.samples.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Does one thing for several subjects at once, each on a thread of its own. */
final class Together {

    private Together() {}

    /** Returns when all are done; throws what the first that failed has thrown. */
    static <T> void run(List<T> subjects, Consumer<T> task) {
        ExecutorService threads = Executors.newFixedThreadPool(subjects.size());
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (T subject : subjects) {
                running.add(CompletableFuture.runAsync(() -> task.accept(subject), threads));
            }
            running.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }
}
