package io.entente.cluster.settings;

import com.typesafe.config.ConfigValueFactory;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.Acknowledgement.SemiSync;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.message.ReplicationMode.SingleLeader;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Modes as people write them, on every surface. */
public final class ModeText {

    private static final Pattern SEMI_SYNC = Pattern.compile(
            "semi-sync(?: (?<followers>[0-9]{1,3}))?(?: degrade-after (?<degrade>never|[0-9]{1,7}(?:ms|s)))?");

    private ModeText() {}

    /**
     * The mode of that name.
     *
     * @param acknowledgement of a single leader: {@code async}, {@code semi-sync}, {@code semi-sync 2} with so many followers,
     *     {@code semi-sync 2 degrade-after 500ms} (or {@code s}, or {@code never}), {@code sync} or {@code chain}; what it doesn't say, and all of
     *     it for empty, is as configured
     * @param failover of a single leader: {@code automatic} or {@code manual}; empty for what is configured
     * @param configured what is configured
     * @throws IllegalArgumentException when there is none; the message says which there are
     */
    public static ReplicationMode mode(
            String name, Optional<String> acknowledgement, Optional<String> failover, ModeSettings configured) {
        ReplicationMode mode = configured.named(name);
        if (mode instanceof SingleLeader terms) {
            return new SingleLeader(
                    acknowledgement
                            .map(text -> acknowledgement(text, configured.semiSync()))
                            .orElse(terms.acknowledgement()),
                    failover.map(ModeText::failover).orElse(terms.failover()));
        }
        if (acknowledgement.isPresent() || failover.isPresent()) {
            throw new IllegalArgumentException(
                    "acknowledgement and failover have a meaning for the mode single-leader alone, not for " + name);
        }
        return mode;
    }

    private static Acknowledgement acknowledgement(String text, SemiSync configured) {
        Matcher semiSync = SEMI_SYNC.matcher(text);
        if (semiSync.matches()) {
            return semiSync(semiSync, configured);
        }
        return switch (text) {
            case "async" -> Acknowledgement.async();
            case "sync" -> Acknowledgement.sync();
            case "chain" -> Acknowledgement.chain();
            default ->
                throw new IllegalArgumentException("there is no acknowledgement '" + text
                        + "': use async, semi-sync, semi-sync 2 with more followers, semi-sync 2 degrade-after 500ms (or 2s, or"
                        + " never), sync or chain");
        };
    }

    private static SemiSync semiSync(Matcher text, SemiSync configured) {
        int followers =
                text.group("followers") == null ? configured.followers() : Integer.parseInt(text.group("followers"));
        String degrade = text.group("degrade");
        Optional<Duration> degradeAfter = degrade == null
                ? configured.degradeAfter()
                : ModeReader.degradeAfter(ConfigValueFactory.fromAnyRef(degrade));
        return new SemiSync(followers, degradeAfter);
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
