package io.entente.core.simulation;

import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.mode.ReadConcern;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads of all keys at whoever leads when faults have ended. They must succeed, but where another one comes to lead while one is under way: somebody who
 * took the leader for gone may have been standing already. Then the new leader is asked.
 */
final class LastReads {

    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(10);

    private final World world;
    private final StrongHistory history;
    private final Set<RecordKey> unread;

    LastReads(World world, StrongHistory history, List<RecordKey> keys) {
        this.world = world;
        this.history = history;
        this.unread = new LinkedHashSet<>(keys);
    }

    /** Whether all keys are read. */
    boolean areDone() {
        return unread.isEmpty();
    }

    /** Asks for all that is not read yet; where nobody leads, by the mode, there is nothing to ask. */
    void ask() {
        Optional<SimulatedNode> leader =
                world.up().stream().filter(node -> node.epoch().leads()).findFirst();
        if (leader.isEmpty()) {
            unread.clear();
        }
        leader.ifPresent(at -> List.copyOf(unread).forEach(key -> ask(at, key)));
    }

    private void ask(SimulatedNode leader, RecordKey key) {
        long asked = world.schedule().nowNanos();
        ReadRequested read = new ReadRequested(
                world.clients().nextId(), key, ReadConcern.leader(), VersionVector.empty(), TIME_TO_ANSWER);
        world.clients().ask(leader, read, reply -> {
            if (reply.isPresent() && reply.get() instanceof Found found) {
                unread.remove(key);
                history.shown(
                        key,
                        found.siblings().versions().stream().map(Sibling::dot).toList(),
                        asked,
                        world.schedule().nowNanos());
            } else {
                Violation.unless(
                        reply.filter(LastReads::isElsewhere).isPresent(),
                        Law.LIVENESS,
                        () -> leader.id() + " leads, and answers " + reply);
            }
        });
    }

    private static boolean isElsewhere(Reply reply) {
        return reply instanceof Refused refused
                && (refused.reason() == Refusal.NOT_LEADER || refused.reason() == Refusal.NO_LEADER);
    }
}
