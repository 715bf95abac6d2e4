package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.EpochCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.message.Ballot;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode.SingleLeader;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.Optional;

/**
 * The epoch that this replica knows to be in force, and the latest ballot that it has promised: both durable in the batch of the step
 * in which they change, so in the same one as whatever is written under them.
 *
 * <p>This replica <i>heeds</i> its epoch as long as it has promised nothing later. Then it originates what the epoch allows; else
 * nothing, for somebody may have the promises already by which the epoch ends. What it hears of later ballots, from whomever, it heeds
 * too: a promise that nobody asked for does no harm.
 */
final class Epochs {

    private final ReplicaSettings settings;
    private final StoreKeys keys;
    private final Admission admission;
    private final Draft draft;
    private Ballot promised;
    private Ballot unsettled;
    private Epoch established;
    private boolean isStored;
    private boolean hasNews;

    Epochs(ReplicaSettings settings, StoreReader store, StoreKeys keys, Admission admission, Draft draft) {
        this.settings = settings;
        this.keys = keys;
        this.admission = admission;
        this.draft = draft;
        Optional<Epoch> stored = store.get(Table.META, keys.epoch()).map(EpochCodec::decodeEpoch);
        isStored = stored.isPresent();
        established = stored.orElseGet(() -> Epoch.initial(settings.founding().voters()));
        unsettled = ballot(store, keys.unsettled()).orElse(Ballot.zero());
        promised = Ballot.later(ballot(store, keys.promised()).orElse(Ballot.zero()), established.ballot());
    }

    private static Optional<Ballot> ballot(StoreReader store, Bytes key) {
        return store.get(Table.META, key).map(EpochCodec::decodeBallot);
    }

    /** A replica that founds a cluster begins with the mode that the cluster is founded with. */
    void begin(Standing standing) {
        if (standing == Standing.FOUNDED
                && !isStored
                && !settings.founding().mode().equals(established.mode())) {
            learn(Epoch.founded(
                    settings.self(),
                    settings.founding().mode(),
                    settings.founding().voters()));
        }
    }

    /** The latest epoch that is known to be in force, or to have been. */
    Epoch established() {
        return established;
    }

    /** The latest ballot promised. */
    Ballot promised() {
        return promised;
    }

    /** Whether nothing later than the epoch is promised. */
    boolean isHeeded() {
        return promised.equals(established.ballot());
    }

    /** Whether this replica itself began the epoch, and heeds it: nobody else may change its voters, for two might at once. */
    boolean isOwn() {
        return isHeeded() && established.ballot().node().equals(settings.self());
    }

    /** Whether there never was an election, or other founding, that this replica knows of. */
    boolean isInitial() {
        return promised.isZero();
    }

    /** Whether this replica leads the partition: whether it alone may originate. */
    boolean leads() {
        return isHeeded() && established.leader().equals(Optional.of(settings.self())) && admission.isAdmitted();
    }

    /** The leader of an epoch with a leader, while this replica heeds the epoch. */
    Optional<NodeId> leader() {
        return isHeeded() ? established.leader() : Optional.empty();
    }

    /** What the epoch says of its leader; empty in the other modes. */
    Optional<SingleLeader> singleLeader() {
        return established.mode() instanceof SingleLeader single ? Optional.of(single) : Optional.empty();
    }

    /** Why a client's write is refused here under the present epoch; empty where it isn't. */
    Optional<Refused> obstacle() {
        if (!isHeeded()) {
            return Optional.of(new Refused(
                    Refusal.NO_LEADER,
                    "partition " + settings.partition()
                            + " is between two epochs: it is being decided who may write; try again" + " in a moment"));
        }
        if (!established.mode().isSingleLeader() || leads()) {
            return Optional.empty();
        }
        return Optional.of(established
                .leader()
                .map(leader -> new Refused(
                        Refusal.NOT_LEADER,
                        settings.self() + " is not the leader of partition " + settings.partition() + ", which is "
                                + leader + ": write there"))
                .orElseGet(() -> new Refused(
                        Refusal.NO_LEADER,
                        "partition " + settings.partition() + " has no leader yet: more than half of the voters "
                                + established.voters() + " have to be up; try again in a moment")));
    }

    /** Whether this replica has promised, after the epoch in force, something under which others than a leader may have originated. */
    boolean isUnsettled() {
        return unsettled.isAfter(established.ballot());
    }

    /** Whether there was something since the last call that others wait to hear. */
    boolean takeNews() {
        boolean had = hasNews;
        hasNews = false;
        return had;
    }

    /** Hears that somebody has promised that ballot: nothing that comes before it is heeded here any more. */
    void hear(Ballot ballot) {
        if (ballot.isAfter(promised)) {
            promised = ballot;
            hasNews = true;
            draft.batch().put(Table.META, keys.promised(), EpochCodec.encode(ballot));
        }
    }

    /** Promises a candidate that its epoch may begin. */
    void promise(Epoch proposed) {
        hear(proposed.ballot());
        if (!proposed.settled() && proposed.ballot().isAfter(unsettled)) {
            unsettled = proposed.ballot();
            draft.batch().put(Table.META, keys.unsettled(), EpochCodec.encode(unsettled));
        }
    }

    /** Learns that an epoch is in force, or more of the one that is. */
    void learn(Epoch epoch) {
        boolean isLater = epoch.ballot().isAfter(established.ballot());
        boolean isSettledNow = epoch.ballot().equals(established.ballot()) && epoch.settled() && !established.settled();
        if (!isLater && !isSettledNow) {
            return;
        }
        hear(epoch.ballot());
        established = epoch;
        hasNews = true;
        draft.batch().put(Table.META, keys.epoch(), EpochCodec.encode(epoch));
        if (isLater && isHeeded()) {
            draft.tell(
                    Severity.NOTICE,
                    "partition " + settings.partition() + " is " + epoch.mode() + " now"
                            + epoch.leader().map(leader -> ", led by " + leader).orElse("") + " (epoch "
                            + epoch.ballot()
                            + ")");
        }
    }
}
