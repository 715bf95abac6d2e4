package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.message.NodeId;
import io.entente.core.mode.ReadConcern;
import io.entente.core.topology.Copies;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A read that waits for what other copies have: first for enough vectors, then until this replica has reached their join, which is read
 * repair of everything and not of one key. Then it reads here.
 */
final class QuorumRead implements OpenRequests.Waiting {

    private final ReadRequested request;
    private final Asking asking;
    private final long since;
    private @Nullable VersionVector target;
    private long knownAtNanos;
    private boolean hastened;

    QuorumRead(ReadRequested request, Asking asking) {
        this.request = request;
        this.asking = asking;
        this.since = asking.rounds.next();
    }

    /** What such reads need of their replica. */
    record Asking(
            ReplicaSettings settings,
            Rounds rounds,
            AppliedState applied,
            Records records,
            Sources sources,
            Leadership leadership,
            Epochs epochs,
            Draft draft) {

        /** Why the concern can't be met whoever answers, as a sentence; empty where it can. */
        Optional<String> impossible(ReadConcern concern) {
            Copies copies = leadership.copies();
            int needed = concern.needed(settings.self(), copies);
            SortedSet<NodeId> asked = concern.asked(settings.self(), copies);
            asked.removeAll(copies.standIns());
            return needed <= asked.size()
                    ? Optional.empty()
                    : Optional.of("a read of " + needed + " copies asks for more than there are: the partition has "
                            + asked.size() + ", at " + asked + "; ask for at most that many");
        }
    }

    @Override
    public boolean settle() {
        if (target == null) {
            target = asking.rounds
                    .join(request.concern(), since)
                    .map(request.atLeast()::join)
                    .orElse(null);
            knownAtNanos = asking.draft.now().monotonicNanos();
        }
        if (target == null) {
            return false;
        }
        if (!asking.applied.hasReached(target)) {
            hasten(target);
            return false;
        }
        Reply found = new Found(asking.records.get(request.key()), asking.applied.seen());
        asking.draft.answer(request.id(), found);
        return true;
    }

    /** What is missing is mostly under way, from the nearest source. Where it doesn't come soon, it is fetched from who has it. */
    private void hasten(VersionVector missing) {
        long waited = asking.draft.now().monotonicNanos() - knownAtNanos;
        if (!hastened && waited >= asking.settings.timing().heartbeat().toNanos()) {
            hastened = true;
            asking.sources.hasten(missing, asking.rounds.counting(request.concern(), since));
        }
    }

    @Override
    public void giveUp() {
        asking.draft.answer(request.id(), target == null ? noQuorum() : notReached(target));
    }

    private Refused noQuorum() {
        NodeId self = asking.settings.self();
        Copies copies = asking.leadership.copies();
        SortedSet<NodeId> asked = request.concern().asked(self, copies);
        asked.removeAll(copies.standIns());
        SortedSet<NodeId> missing = request.concern().asked(self, copies);
        SortedSet<NodeId> counting = asking.rounds.counting(request.concern(), since);
        missing.retainAll(asked);
        missing.removeAll(counting);
        return new Refused(
                Refusal.NO_QUORUM,
                "the read needs " + request.concern().needed(self, copies) + " of the " + asked.size()
                        + " copies of the partition, and only " + counting.size() + " answered in time: " + missing
                        + " can't be reached, or have to catch up first because they may have lost data; try again in a"
                        + " moment, or read with a weaker concern");
    }

    private Refused notReached(VersionVector wanted) {
        long missing = wanted.newSince(asking.applied.vector()).size();
        return new Refused(
                Refusal.NOT_REACHED,
                "other copies have writes of " + missing + " sources that did not arrive at this replica in time: try"
                        + " again, or with a longer timeout");
    }
}
