package io.entente.cluster.settings;

import io.entente.core.message.Acknowledgement;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.message.ReplicationMode.SingleLeader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Modes as people write them, on every surface. */
public final class ModeText {

    private static final Pattern SEMI_SYNC = Pattern.compile("semi-sync(?: ([0-9]{1,3}))?");

    private ModeText() {}

    /**
     * The mode of that name.
     *
     * @param acknowledgement of a single leader: {@code async}, {@code semi-sync} with one follower, {@code semi-sync 2} with more, {@code sync}
     *     or {@code chain}; empty for what is configured
     * @param failover of a single leader: {@code automatic} or {@code manual}; empty for what is configured
     * @param configured what is configured
     * @throws IllegalArgumentException when there is none; the message says which there are
     */
    public static ReplicationMode mode(
            String name, Optional<String> acknowledgement, Optional<String> failover, ModeSettings configured) {
        ReplicationMode mode = configured.named(name);
        if (mode instanceof SingleLeader terms) {
            return new SingleLeader(
                    acknowledgement.map(ModeText::acknowledgement).orElse(terms.acknowledgement()),
                    failover.map(ModeText::failover).orElse(terms.failover()));
        }
        if (acknowledgement.isPresent() || failover.isPresent()) {
            throw new IllegalArgumentException(
                    "acknowledgement and failover have a meaning for the mode single-leader alone, not for " + name);
        }
        return mode;
    }

    private static Acknowledgement acknowledgement(String text) {
        Matcher semiSync = SEMI_SYNC.matcher(text);
        if (semiSync.matches()) {
            return Acknowledgement.semiSync(semiSync.group(1) == null ? 1 : Integer.parseInt(semiSync.group(1)));
        }
        return switch (text) {
            case "async" -> Acknowledgement.async();
            case "sync" -> Acknowledgement.sync();
            case "chain" -> Acknowledgement.chain();
            default ->
                throw new IllegalArgumentException("there is no acknowledgement '" + text
                        + "': use async, semi-sync, semi-sync 2 with more followers, sync or chain");
        };
    }

    private static Failover failover(String text) {
        return switch (text) {
            case "automatic" -> Failover.AUTOMATIC;
            case "manual" -> Failover.MANUAL;
            default ->
                throw new IllegalArgumentException("there is no failover '" + text + "': use automatic or manual");
        };
    }
}
