package io.entente.cluster.settings;

import com.typesafe.config.ConfigValue;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.Acknowledgement.SemiSync;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.message.ReplicationMode.SingleLeader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code mode} and the section {@code single-leader}. */
final class ModeReader {

    private static final Duration LEAST_DEGRADE = Duration.ofMillis(1);
    private static final Duration MOST_DEGRADE = Duration.ofHours(1);

    private final Section root;
    private final Section single;

    ModeReader(Section root) {
        this.root = root;
        this.single = root.section("single-leader");
    }

    ModeSettings settings() {
        SemiSync semiSync = semiSync();
        SingleLeader terms = new SingleLeader(
                acknowledgement(semiSync),
                single.read(
                        "failover",
                        Values.choice(
                                new TreeMap<>(Map.of("automatic", Failover.AUTOMATIC, "manual", Failover.MANUAL)),
                                List.of())));
        ReplicationMode initial = root.read(
                "mode",
                Values.choice(
                        new TreeMap<>(Map.of(
                                "multi-leader",
                                ReplicationMode.multiLeader(),
                                "single-leader",
                                terms,
                                "leaderless",
                                ReplicationMode.leaderless())),
                        List.of()));
        List<String> voters = single.read(
                "voters",
                value -> Rules.distinct("the voter", Values.list(Rules::name).apply(value)));
        return new ModeSettings(initial, terms, semiSync, new TreeSet<>(voters));
    }

    private SemiSync semiSync() {
        int followers = single.read(
                "followers-required", Values.integer("the number of followers", 1, Acknowledgement.MAXIMUM_FOLLOWERS));
        return new SemiSync(followers, single.read("degrade-after", ModeReader::degradeAfter));
    }

    /** After how long a write is acknowledged by fewer followers; {@code never} is empty. */
    static Optional<Duration> degradeAfter(ConfigValue value) {
        return Values.text(value).equals("never")
                ? Optional.empty()
                : Optional.of(Values.duration(LEAST_DEGRADE, MOST_DEGRADE).apply(value));
    }

    private Acknowledgement acknowledgement(SemiSync semiSync) {
        return single.read(
                "acknowledgement",
                Values.choice(
                        new TreeMap<>(Map.of(
                                "async",
                                Acknowledgement.async(),
                                "semi-sync",
                                semiSync,
                                "sync",
                                Acknowledgement.sync(),
                                "chain",
                                Acknowledgement.chain())),
                        List.of()));
    }
}
