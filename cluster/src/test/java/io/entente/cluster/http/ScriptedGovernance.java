package io.entente.cluster.http;

import akka.Done;
import io.entente.cluster.mode.Governance;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.settings.ModeSettings;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.Acknowledgement.SemiSync;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.message.ReplicationMode.SingleLeader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Agrees to every mode, and to two leaders, and remembers what was asked. */
final class ScriptedGovernance implements Governance {

    /** What was asked so far, such as {@code leader us-1 in PT5S}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public ModeSettings modes() {
        return new ModeSettings(
                ReplicationMode.multiLeader(),
                new SingleLeader(Acknowledgement.async(), Failover.AUTOMATIC),
                new SemiSync(2, Optional.of(Duration.ofMillis(1_500))),
                new TreeSet<>());
    }

    @Override
    public CompletionStage<Done> leader(String name, Duration timeout) {
        asked.add("leader " + name + " in " + timeout);
        return switch (name) {
            case "eu-1", "us-1" -> CompletableFuture.completedStage(Done.getInstance());
            case "ap-1" -> failed(Outcome.NOT_APPLIED, "more than half of the voters have to agree");
            case "sa-1" -> failed(Outcome.UNKNOWN, "only some partitions changed, not [3]: the voters did not agree");
            case "none" -> throw new IllegalStateException("the mode has no single leader: change the mode first");
            default -> throw new IllegalArgumentException("there is no node '" + name + "': name one of eu-1, us-1");
        };
    }

    @Override
    public CompletionStage<Done> mode(ReplicationMode mode, Duration timeout) {
        String terms = mode instanceof SingleLeader single
                ? " (" + single.acknowledgement() + ", " + single.failover() + ")"
                : "";
        asked.add("mode " + mode + terms + " in " + timeout);
        return CompletableFuture.completedStage(Done.getInstance());
    }

    @Override
    public CompletionStage<Done> voters(Set<String> names, Duration timeout) {
        asked.add("voters " + String.join(",", names) + " in " + timeout);
        if (names.contains("sa-7")) {
            throw new IllegalArgumentException("there is no member 'sa-7': name some of [eu-1, us-1]");
        }
        return names.contains("ap-1")
                ? failed(
                        Outcome.NOT_APPLIED,
                        "the voters are [eu-1] now, of whom [] are still to leave and [ap-1] to join")
                : CompletableFuture.completedStage(Done.getInstance());
    }

    private static CompletionStage<Done> failed(Outcome outcome, String why) {
        return CompletableFuture.failedStage(
                new RequestFailedException(outcome, RequestFailedException.Cause.UNREACHABLE, why));
    }
}
