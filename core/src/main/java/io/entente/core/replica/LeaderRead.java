package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.message.Ballot;
import io.entente.core.mode.ReadConcern;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A read that the leader answers, as strong as reads are. It reads, and notes what it had then; in a round that begins after that, more
 * than half of the voters say that they have promised nothing later, so that nobody else can have led by then, and that they have all of
 * that, so that whoever leads next has it too. Then it answers (Ongaro, <i>Consensus: Bridging Theory and Practice</i>, section 6.4). No
 * lease, so no clock, is needed; a round is shared by all reads that wait.
 *
 * <p>What was read is kept until then: at most as many records as requests may wait.
 */
final class LeaderRead implements OpenRequests.Waiting {

    private final ReadRequested request;
    private final QuorumRead.Asking asking;
    private final Ballot ballot;
    private @Nullable Read read;

    LeaderRead(ReadRequested request, QuorumRead.Asking asking) {
        this.request = request;
        this.asking = asking;
        this.ballot = asking.epochs().promised();
    }

    /** What was read, all that the leader had then, and the first round whose answers count. */
    private record Read(Found found, VersionVector had, long since) {}

    /** Why the concern can't be met here; empty where it may be, or is another one. */
    static Optional<Refused> refuse(ReadConcern concern, QuorumRead.Asking asking) {
        if (!concern.isLeaders() || asking.epochs().leads()) {
            return Optional.empty();
        }
        boolean hasLeader = asking.epochs().singleLeader().isPresent();
        return hasLeader
                ? asking.epochs().obstacle()
                : Optional.of(new Refused(
                        Refusal.NO_LEADER,
                        "partition " + asking.settings().partition() + " is "
                                + asking.epochs().established().mode()
                                + ", so there is no leader to read from: read by quorum, or in a session"));
    }

    @Override
    public boolean settle() {
        if (!asking.epochs().leads() || !ballot.equals(asking.epochs().promised())) {
            asking.draft().answer(request.id(), deposed());
            return true;
        }
        if (read == null && mayRead()) {
            Found found = new Found(
                    asking.records().get(request.key()), asking.applied().seen());
            read = new Read(found, asking.applied().vector(), asking.rounds().next());
        }
        if (read == null || !asking.epochs().established().isMajority(holding(read))) {
            return false;
        }
        asking.draft().answer(request.id(), read.found);
        return true;
    }

    private boolean mayRead() {
        return asking.epochs().established().settled()
                && asking.applied().merging().isEmpty()
                && asking.applied().hasReached(request.atLeast());
    }

    private Set<String> holding(Read done) {
        return asking.rounds().holding(request.concern(), ballot, done.had, done.since);
    }

    private Refused deposed() {
        return asking.epochs()
                .obstacle()
                .orElseGet(
                        () -> new Refused(Refusal.NO_LEADER, "another epoch began while the read waited: try again"));
    }

    @Override
    public void giveUp() {
        boolean settled = asking.epochs().established().settled();
        String why = !settled
                ? "the epoch is new, and not every member has promised it yet, or more than half don't have yet what all had then:"
                        + " bring those back that are away"
                : read == null
                        ? "the session has seen writes that did not arrive here in time"
                        : "more than half of the voters "
                                + asking.epochs().established().voters() + " have to confirm the leader, and only "
                                + holding(read) + " did";
        Refusal reason = settled && read == null ? Refusal.NOT_REACHED : Refusal.NO_QUORUM;
        asking.draft().answer(request.id(), new Refused(reason, why + "; or read with a weaker concern"));
    }
}
