package io.entente.samples.demo.cluster;

import io.entente.samples.terminal.FailureException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Nodes on their way to having the same writes, with a leader for each partition in each data center.
 *
 * @param nodes those that count, which may change
 */
record Convergence(Supplier<List<DemoNode>> nodes) {

    /**
     * Waits until they are there.
     *
     * @param reminder what may be in the way, for the failure's sentence
     * @throws FailureException when they aren't in time; says who lags, or what nobody leads
     */
    void await(Duration patience, String reminder) {
        Lag[] last = {Lag.among(nodes.get())};
        boolean reached = Waiting.until(patience, () -> {
            last[0] = Lag.among(nodes.get());
            return last[0].isNone() && Leaders.among(nodes.get()).isComplete();
        });
        if (!reached && last[0].isNone()) {
            throw new FailureException(
                    "after " + patience.toSeconds() + " s nobody leads " + Leaders.among(nodes.get()));
        }
        if (!reached) {
            throw new FailureException(
                    "the live nodes still differ after " + patience.toSeconds() + " s: " + last[0] + reminder);
        }
    }
}
