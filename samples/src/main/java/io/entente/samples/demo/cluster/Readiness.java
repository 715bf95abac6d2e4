package io.entente.samples.demo.cluster;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Waits until nodes are ready, and tells meanwhile how far they are with snapshots that they join. */
final class Readiness {

    private static final Duration TELL_EVERY = Duration.ofSeconds(2);
    private static final String SNAPSHOT = "snapshot";

    private final Duration patience;
    private final Progress progress;

    /**
     * @param patience how long nothing may move
     * @param progress is told
     */
    Readiness(Duration patience, Progress progress) {
        this.patience = patience;
        this.progress = progress;
    }

    /** Whether all come to be ready before the patience ends; a snapshot that gets on renews it. */
    boolean await(List<DemoNode> awaited, Predicate<DemoNode> ready) {
        String told = "";
        long movedNanos = System.nanoTime();
        while (!Waiting.until(TELL_EVERY, () -> awaited.stream().allMatch(ready))) {
            String now = joining(awaited);
            if (!now.isEmpty() && !now.equals(told)) {
                progress.reached(now);
                told = now;
                movedNanos = System.nanoTime();
            }
            if (System.nanoTime() - movedNanos > patience.toNanos()) {
                return false;
            }
        }
        return true;
    }

    private static String joining(List<DemoNode> awaited) {
        return awaited.stream()
                .flatMap(node -> node.obstacles().stream()
                        .filter(obstacle -> obstacle.contains(SNAPSHOT))
                        .map(obstacle -> node.name() + ": " + obstacle))
                .collect(Collectors.joining("; "));
    }
}
