package io.entente.core.message;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A message from one replica of a partition to another.
 *
 * <pre>
 * PeerMessage
 *   ├─ Subscribe        receiver → source: send me these origins from here on
 *   ├─ Entries          source → receiver: here they are, in order
 *   ├─ Truncated        source → receiver: my log begins after what you ask for
 *   ├─ WantSnapshot     receiver → source: send me all you have, from here on
 *   ├─ SnapshotChunk    source → receiver: here is a part of it, in order
 *   ├─ SnapshotCredit   receiver → source: send more of it
 *   ├─ SnapshotRefused  source → receiver: not now
 *   ├─ Verify           between two that compare their records, see {@link VerifyMessage}
 *   ├─ WantVector       reader → copy: what do you have now?
 *   ├─ VectorIs         copy → reader: this
 *   ├─ WantPromise      candidate → everybody: I stand for an epoch
 *   ├─ Promised         voter → candidate: I promise, and this I have
 *   ├─ EpochIs          everybody → everybody next to it: this epoch is in force
 *   └─ Progress         everybody → everybody next to it: what I have, what I know of others, what I can take
 * </pre>
 *
 * <p>Messages may be lost, doubled, delayed and reordered; every handler tolerates that. None carries a promise that must arrive.
 */
public sealed interface PeerMessage {

    /** Lets {@code handler} treat this message by its kind. */
    void dispatch(Handler handler);

    /** One method a kind of message: a stand-in for a pattern switch that the compiler checks for completeness. */
    interface Handler {
        void onSubscribe(Subscribe message);

        void onEntries(Entries message);

        void onTruncated(Truncated message);

        void onWantSnapshot(WantSnapshot message);

        void onSnapshotChunk(SnapshotChunk message);

        void onSnapshotCredit(SnapshotCredit message);

        void onSnapshotRefused(SnapshotRefused message);

        void onVerify(Verify message);

        void onWantVector(WantVector message);

        void onVectorIs(VectorIs message);

        void onWantPromise(WantPromise message);

        void onPromised(Promised message);

        void onEpochIs(EpochIs message);

        void onProgress(Progress message);
    }

    /**
     * A receiver asks a source for entries; replaces whatever it had subscribed to there.
     *
     * @param id this subscription
     * @param from by origin, the last sequence the receiver has (0: none); the origins named are those subscribed to
     * @param creditBytes how many bytes of entries the source may send before it hears of more credit
     */
    record Subscribe(SubscriptionId id, SortedMap<Origin, Long> from, long creditBytes) implements PeerMessage {

        public Subscribe {
            Objects.requireNonNull(id, "id");
            from = Collections.unmodifiableSortedMap(new TreeMap<>(from));
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onSubscribe(this);
        }
    }

    /**
     * Entries of a subscription, in an order that never puts an entry before one it depends on, as far as the source sends both.
     *
     * @param id the subscription served
     * @param runs stretches of consecutive entries of one origin each
     */
    record Entries(SubscriptionId id, List<Run> runs) implements PeerMessage {

        public Entries {
            Objects.requireNonNull(id, "id");
            runs = List.copyOf(runs);
        }

        /** The bytes of all entries, as counted against the subscription's credit. */
        public long entryBytes() {
            long sum = 0;
            for (Run run : runs) {
                for (Bytes entry : run.encoded()) {
                    sum += entry.length();
                }
            }
            return sum;
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onEntries(this);
        }
    }

    /**
     * Consecutive entries of one origin.
     *
     * @param origin whose
     * @param firstSequence the first one's sequence
     * @param encoded the entries as their origin encoded them
     */
    record Run(Origin origin, long firstSequence, List<Bytes> encoded) {

        public Run {
            Objects.requireNonNull(origin, "origin");
            encoded = List.copyOf(encoded);
        }
    }

    /**
     * The source's log of an origin begins after the entry that is next for the receiver, which has to join a snapshot instead.
     *
     * @param id the subscription that asked for it
     * @param origin whose log
     * @param firstKept the sequence of the first entry that the source still has
     */
    record Truncated(SubscriptionId id, Origin origin, long firstKept) implements PeerMessage {

        public Truncated {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(origin, "origin");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onTruncated(this);
        }
    }

    /**
     * A receiver asks a source for a consistent view of all it has; replaces whatever it had asked for there.
     *
     * @param id this request, numbered as subscriptions are
     * @param resume the snapshot of which the receiver has a part already, and how far; a source that doesn't hold it any more begins
     *     another one
     * @param creditBytes how many bytes of rows the source may send before it hears of more credit
     */
    record WantSnapshot(SubscriptionId id, Optional<SnapshotPosition> resume, long creditBytes) implements PeerMessage {

        public WantSnapshot {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(resume, "resume");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onWantSnapshot(this);
        }
    }

    /**
     * Rows of a snapshot, in their order.
     *
     * @param id the request served
     * @param after which snapshot, and the row that these follow
     * @param rows the rows; the first may go on with a row of which a part was sent before, the last may be a part
     * @param last whether there are no more
     * @param total about how many bytes of rows the whole snapshot has, as far as the source can tell; for showing progress only
     */
    record SnapshotChunk(SubscriptionId id, SnapshotPosition after, List<SnapshotRow> rows, boolean last, long total)
            implements PeerMessage {

        public SnapshotChunk {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(after, "after");
            rows = List.copyOf(rows);
        }

        /** How far the snapshot has come with these rows. */
        public SnapshotPosition end() {
            if (rows.isEmpty()) {
                return after;
            }
            SnapshotRow row = rows.get(rows.size() - 1);
            long before = rows.size() == 1 ? after.taken() : 0;
            long taken = row.rest() == 0 ? 0 : before + row.value().length();
            return after.at(row.place(), taken, after.bytes() + rowBytes());
        }

        /** The bytes of all rows, as counted against the receiver's credit. */
        public long rowBytes() {
            long sum = 0;
            for (SnapshotRow row : rows) {
                sum += row.bytes();
            }
            return sum;
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onSnapshotChunk(this);
        }
    }

    /**
     * How far a source may send a snapshot.
     *
     * @param id the request meant
     * @param limitBytes the total of row bytes since the request up to which the source may send
     */
    record SnapshotCredit(SubscriptionId id, long limitBytes) implements PeerMessage {

        public SnapshotCredit {
            Objects.requireNonNull(id, "id");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onSnapshotCredit(this);
        }
    }

    /**
     * The source can't give a snapshot now.
     *
     * @param id the request refused
     * @param why the reason, as a sentence's end
     */
    record SnapshotRefused(SubscriptionId id, String why) implements PeerMessage {

        public SnapshotRefused {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(why, "why");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onSnapshotRefused(this);
        }
    }

    /**
     * A message between two replicas that compare their records.
     *
     * @param id the comparison, numbered by the verifier as subscriptions are by receivers
     * @param message what is said
     */
    record Verify(SubscriptionId id, VerifyMessage message) implements PeerMessage {

        public Verify {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(message, "message");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onVerify(this);
        }
    }

    /**
     * A replica asks a copy what it has, for all reads that wait for that.
     *
     * @param round the question; an answer is worth something only because it was made after the question was
     */
    record WantVector(RoundId round) implements PeerMessage {

        public WantVector {
            Objects.requireNonNull(round, "round");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onWantVector(this);
        }
    }

    /**
     * What a copy had when it was asked.
     *
     * @param round the question answered
     * @param report the whole vector, without a census
     * @param counts whether a quorum may rest on it: the copy is admitted, and not merging a snapshot
     */
    record VectorIs(RoundId round, Report report, boolean counts) implements PeerMessage {

        public VectorIs {
            Objects.requireNonNull(round, "round");
            Objects.requireNonNull(report, "report");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onVectorIs(this);
        }
    }

    /**
     * A candidate asks for the promise that its epoch may begin, and that nothing is promised to earlier ballots from then on.
     *
     * @param proposed the epoch it stands for
     * @param basis the latest epoch that it knows to be in force
     * @param stage whether it only asks who would promise
     */
    record WantPromise(Epoch proposed, Epoch basis, Stage stage) implements PeerMessage {

        public WantPromise {
            Objects.requireNonNull(proposed, "proposed");
            Objects.requireNonNull(basis, "basis");
            Objects.requireNonNull(stage, "stage");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onWantPromise(this);
        }

        /** How serious a candidate is. */
        public enum Stage {
            /** Who would promise? Nobody would that hears its leader. */
            PROBE,
            /** Who would promise although its leader is there? An operator wants another one. */
            PROBE_ANYWAY,
            /**
             * Who knows the basis to be in force, and has promised nothing later? Of these more than half of its voters make sure that nobody passes it over
             * any more: only then may its voters change.
             */
            PROBE_HEEDED,
            /** Promise. */
            ASK
        }
    }

    /**
     * A promise, durable, or the word that it would be given.
     *
     * @param ballot to which ballot
     * @param stage what was asked
     * @param applied what the voter had when it promised, or later
     * @param unsettled whether the voter has promised something, after the epoch it knows to be in force, under which others than a
     *     leader may have originated
     */
    record Promised(Ballot ballot, WantPromise.Stage stage, VersionVector applied, boolean unsettled)
            implements PeerMessage {

        public Promised {
            Objects.requireNonNull(ballot, "ballot");
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(applied, "applied");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onPromised(this);
        }
    }

    /**
     * What the sender knows of epochs.
     *
     * @param established the latest epoch that it knows to be in force
     * @param promised the latest ballot that it has promised
     * @param leads whether it is the leader, and ready
     */
    record EpochIs(Epoch established, Ballot promised, boolean leads) implements PeerMessage {

        public EpochIs {
            Objects.requireNonNull(established, "established");
            Objects.requireNonNull(promised, "promised");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onEpochIs(this);
        }
    }

    /**
     * What the sender has durably applied, and what it has heard of others: at once acknowledgement, credit, evidence for write
     * concerns, lag measure, evidence of causal stability, and how a member whose memory is new asks to be counted.
     *
     * @param own the sender's report
     * @param relayed reports of others that the sender passes on
     * @param hearsYou whether the sender has heard the addressee lately: a link is used only when it works both ways
     * @param fitToLead whether the sender has all that its data center had when it started, so that it may lead there
     * @param credit new credit for the sender's subscription at the addressee, where there is one
     */
    record Progress(Report own, List<Report> relayed, boolean hearsYou, boolean fitToLead, Optional<Credit> credit)
            implements PeerMessage {

        public Progress {
            Objects.requireNonNull(own, "own");
            relayed = List.copyOf(relayed);
            Objects.requireNonNull(credit, "credit");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onProgress(this);
        }
    }

    /**
     * How far a source may send.
     *
     * @param id the subscription meant
     * @param limitBytes the total of entry bytes since the subscription's start up to which the source may send
     */
    record Credit(SubscriptionId id, long limitBytes) {}
}
