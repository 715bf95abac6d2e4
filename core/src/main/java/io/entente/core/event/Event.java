package io.entente.core.event;

import io.entente.conflict.version.VersionVector;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.ReplicationMode;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Salvageable;
import io.entente.core.topology.Copies;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Something that happened and that a replica must know of. */
public sealed interface Event {

    /** Lets {@code handler} treat this event by its kind. */
    void dispatch(Handler handler);

    /** One method a kind of event. */
    interface Handler {
        void onWriteRequested(WriteRequested event);

        void onReadRequested(ReadRequested event);

        void onVerifyRequested(VerifyRequested event);

        void onRetirementRequested(RetirementRequested event);

        void onSalvageRequested(SalvageRequested event);

        void onMessageReceived(MessageReceived event);

        void onPeersChanged(PeersChanged event);

        void onTopologyChanged(TopologyChanged event);

        void onClockJudged(ClockJudged event);

        void onSpaceChanged(SpaceChanged event);

        void onEpochRequested(EpochRequested event);

        void onTicked(Ticked event);

        void onSpareTimeCame(SpareTimeCame event);
    }

    /**
     * A client asked for a write.
     *
     * @param id names the request in its answer
     * @param key the record
     * @param payload the new value, a deletion, or operations on parts of a mergeable value
     * @param condition what the write replaces and when it is refused; none for operations, which supersede what they have seen
     * @param concern whose evidence the client wants to wait for
     * @param timeout how long the request may wait, for a context and for its write concern together
     * @param isKept whether the version is to be kept when it is superseded: the map's resolver asks for ancestors
     * @param atLeast the version vector the replica must have reached before it writes, what the client's session has seen, so that
     *     the write comes after it everywhere; empty for none
     */
    record WriteRequested(
            RequestId id,
            RecordKey key,
            Payload payload,
            WriteCondition condition,
            WriteConcern concern,
            Duration timeout,
            boolean isKept,
            VersionVector atLeast)
            implements Event {

        public WriteRequested {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(payload, "payload");
            Objects.requireNonNull(condition, "condition");
            Objects.requireNonNull(concern, "concern");
            Objects.requireNonNull(timeout, "timeout");
            Objects.requireNonNull(atLeast, "atLeast");
            if (payload instanceof Payload.Operations && !condition.equals(WriteCondition.none())) {
                throw new IllegalArgumentException("operations have no condition: " + condition);
            }
        }

        /** A request for a write outside of any session. */
        public WriteRequested(
                RequestId id,
                RecordKey key,
                Payload payload,
                WriteCondition condition,
                WriteConcern concern,
                Duration timeout,
                boolean isKept) {
            this(id, key, payload, condition, concern, timeout, isKept, VersionVector.empty());
        }

        /** A request for a write outside of any session whose version is forgotten when it is superseded. */
        public WriteRequested(
                RequestId id,
                RecordKey key,
                Payload payload,
                WriteCondition condition,
                WriteConcern concern,
                Duration timeout) {
            this(id, key, payload, condition, concern, timeout, false);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onWriteRequested(this);
        }
    }

    /**
     * A client asked for a record.
     *
     * @param id names the request in its answer
     * @param key the record
     * @param concern whose vectors the replica must have reached before it answers
     * @param atLeast the version vector of the client's session, which the replica must have reached too, unless the concern says that
     *     it needn't; empty for none
     * @param timeout how long the request may wait for that
     */
    record ReadRequested(RequestId id, RecordKey key, ReadConcern concern, VersionVector atLeast, Duration timeout)
            implements Event {

        public ReadRequested {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(concern, "concern");
            Objects.requireNonNull(atLeast, "atLeast");
            Objects.requireNonNull(timeout, "timeout");
        }

        /** A read of what the replica has once it has reached what the session has seen. */
        public ReadRequested(RequestId id, RecordKey key, VersionVector atLeast, Duration timeout) {
            this(id, key, ReadConcern.session(), atLeast, timeout);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onReadRequested(this);
        }
    }

    /**
     * Somebody asked for this replica's records to be compared with those of all other copies.
     *
     * @param id names the request in its answer
     * @param timeout how long it may take
     * @param inBackground whether nobody waits for it, so that it takes its time
     */
    record VerifyRequested(RequestId id, Duration timeout, boolean inBackground) implements Event {

        public VerifyRequested {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(timeout, "timeout");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onVerifyRequested(this);
        }
    }

    /**
     * An operator retires a member: it is not to come back as it was, and is no longer waited for.
     *
     * @param id names the request in its answer
     * @param node the member's name
     */
    record RetirementRequested(RequestId id, String node) implements Event {

        public RetirementRequested {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(node, "node");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onRetirementRequested(this);
        }
    }

    /**
     * An operator has a write made anew that only a directory put aside has.
     *
     * @param id names the request in its answer
     * @param write the write
     */
    record SalvageRequested(RequestId id, Salvageable write) implements Event {

        public SalvageRequested {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(write, "write");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onSalvageRequested(this);
        }
    }

    /**
     * A message of another replica of this partition arrived.
     *
     * @param from the sender
     * @param message the message
     */
    record MessageReceived(NodeId from, PeerMessage message) implements Event {

        public MessageReceived {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(message, "message");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onMessageReceived(this);
        }
    }

    /**
     * The set of nodes that hold a copy of this partition changed. It says nothing about who is a member: that a node is missing
     * here never removes it from any evidence.
     *
     * @param copies the nodes, up or not, this one among them; where it is missing it counts as the last of its data center
     */
    record PeersChanged(Copies copies) implements Event {

        public PeersChanged {
            Objects.requireNonNull(copies, "copies");
        }

        /** Copies at these nodes, ranked by name. */
        public PeersChanged(Collection<NodeId> nodes) {
            this(Copies.of(nodes));
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onPeersChanged(this);
        }
    }

    /**
     * The data centers are to be linked in another way from now on. Nodes hear of it one after the other; meanwhile some use the old
     * links and some the new ones, which slows writes down at worst.
     *
     * @param plan the new plan
     */
    record TopologyChanged(TopologyPlan plan) implements Event {

        public TopologyChanged {
            Objects.requireNonNull(plan, "plan");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onTopologyChanged(this);
        }
    }

    /**
     * The node's clock was compared with the others'. While it isn't to be trusted the node takes no writes from clients, so another copy
     * in its data center leads where there is one that can.
     *
     * @param trusted whether it is right, as far as anybody knows
     */
    record ClockJudged(boolean trusted) implements Event {

        @Override
        public void dispatch(Handler handler) {
            handler.onClockJudged(this);
        }
    }

    /**
     * Room on the disk became scarce, or there is enough again. While it is scarce the replica takes nothing in: it pulls nothing, merges nothing and
     * leaves the lead to others, but serves reads, and entries to whoever pulls them. That clients' writes are refused is up to who drives it.
     *
     * @param scarce whether it is
     */
    record SpaceChanged(boolean scarce) implements Event {

        @Override
        public void dispatch(Handler handler) {
            handler.onSpaceChanged(this);
        }
    }

    /**
     * An operator wants this replica to begin an epoch: to become the leader, or to have the partition written to under another mode; or to begin as many as
     * it takes until others vote.
     *
     * @param id names the request in its answer
     * @param mode the new mode; empty for the present one. Of a mode with a leader this replica becomes the leader
     * @param voters the names of the nodes that are to vote; empty for those that do. The mode, and who leads, stay then
     * @param timeout how long the others may take to agree, to all of it
     */
    record EpochRequested(
            RequestId id, Optional<ReplicationMode> mode, Optional<SortedSet<String>> voters, Duration timeout)
            implements Event {

        public EpochRequested {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(mode, "mode");
            voters = voters.map(names -> Collections.unmodifiableSortedSet(new TreeSet<>(names)));
            Objects.requireNonNull(timeout, "timeout");
            if (mode.isPresent() && voters.isPresent()) {
                throw new IllegalArgumentException("the mode and the voters are changed one after the other");
            }
        }

        /** A request that leaves the voters as they are. */
        public EpochRequested(RequestId id, Optional<ReplicationMode> mode, Duration timeout) {
            this(id, mode, Optional.empty(), timeout);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onEpochRequested(this);
        }
    }

    /** Time passed. */
    record Ticked() implements Event {

        @Override
        public void dispatch(Handler handler) {
            handler.onTicked(this);
        }
    }

    /**
     * The replica may do a piece of the work that nobody waits for: send a chunk of a snapshot, merge some of its rows. How often it comes is up to
     * who drives the replica, which so decides what share of the time that work takes.
     */
    record SpareTimeCame() implements Event {

        @Override
        public void dispatch(Handler handler) {
            handler.onSpareTimeCame(this);
        }
    }
}
