package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.Credit;
import io.entente.core.message.PeerMessage.Subscribe;
import io.entente.core.message.SubscriptionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The receiving side of replication: which origin is pulled from which neighbour, and the subscriptions that follow from it.
 *
 * <p>The rule ({@link SourceChoice}) covers rerouting around cut links, gap filling and relay; a subscription that goes quiet
 * although its source has entries is made anew from this replica's vector, which covers loss, duplication, restarts and
 * whatever else can happen to a stream.
 */
final class Sources {

    /** An origin that advanced this recently stays subscribed although nobody is known to be ahead of this replica. */
    private static final long IDLE_NANOS = 60_000_000_000L;

    private final ReplicaSettings settings;
    private final AppliedState applied;
    private final Peers peers;
    private final SourceChoice choice;
    private final Retirements retirements;
    private final Draft draft;
    private final long session;
    private long lastNumber;
    private final TreeMap<NodeId, Subscription> subscriptions = new TreeMap<>();
    private final TreeSet<Origin> stopped = new TreeSet<>();
    private boolean scarce;

    Sources(
            ReplicaSettings settings,
            AppliedState applied,
            Peers peers,
            SourceChoice choice,
            Retirements retirements,
            Draft draft,
            long session) {
        this.settings = settings;
        this.applied = applied;
        this.peers = peers;
        this.choice = choice;
        this.retirements = retirements;
        this.draft = draft;
        this.session = session;
    }

    /** The neighbour from which the origin is pulled, if any. */
    Optional<NodeId> sourceOf(Origin origin) {
        return choice.sourceOf(origin);
    }

    void advanced(Origin origin) {
        choice.advanced(origin, draft.now().monotonicNanos());
    }

    /** No entry of the origin can be applied any more: it is asked for no more. */
    void stop(Origin origin) {
        stopped.add(origin);
    }

    /** What stopped an origin is behind it: it is asked for again. */
    void goOn(Origin origin) {
        stopped.remove(origin);
    }

    /** Pulls an origin from that neighbour, as long as it is ahead and brings something. */
    void prefer(Origin origin, NodeId neighbour) {
        choice.prefer(origin, neighbour);
        review();
    }

    /**
     * Counts bytes received against the subscription's credit. A source that sends although nothing is wanted of it any more has
     * not heard so, or serves an earlier life of this replica: it is told.
     */
    void received(NodeId from, SubscriptionId id, long bytes) {
        Subscription subscription = subscriptions.get(from);
        if (subscription != null && subscription.id.equals(id)) {
            subscription.receivedBytes += bytes;
            subscription.lastEntriesNanos = draft.now().monotonicNanos();
            subscription.owesCredit = true;
        } else if (subscription == null || subscription.origins.isEmpty()) {
            subscribe(from, new TreeSet<>());
        }
    }

    /** The credit to be told to a source, if it is owed any. */
    Optional<Credit> creditFor(NodeId source) {
        Subscription subscription = subscriptions.get(source);
        if (subscription == null) {
            return Optional.empty();
        }
        subscription.owesCredit = false;
        return Optional.of(new Credit(
                subscription.id, subscription.receivedBytes + settings.limits().creditBytes()));
    }

    /** The sources that sent entries since they last heard of credit. */
    List<NodeId> owedCredit() {
        List<NodeId> owed = new ArrayList<>();
        subscriptions.forEach((source, subscription) -> {
            if (subscription.owesCredit) {
                owed.add(source);
            }
        });
        return owed;
    }

    /** Entries are missing: makes the subscription anew, now or, if it is young, as soon as it isn't any more. */
    void askAgain(NodeId source) {
        Subscription subscription = subscriptions.get(source);
        if (subscription != null) {
            subscription.lacksEntries = true;
            if (isToBeAskedAgain(subscription)) {
                subscribe(source, new TreeSet<>(subscription.origins));
            }
        }
    }

    /** Entries that had come are missing again: every subscription is to be made anew in time. */
    void lackEntries() {
        subscriptions.values().forEach(subscription -> subscription.lacksEntries = true);
    }

    /** What came after the missing ones keeps the subscription from looking stalled, so they have to be remembered. */
    private boolean isToBeAskedAgain(Subscription subscription) {
        long patience = settings.timing().stall().toNanos() / 4;
        return subscription.lacksEntries && isOlderThan(subscription.madeAtNanos, patience);
    }

    /** Whether the vector shows an origin that is news here and not subscribed to: time to look at the sources. */
    boolean lacks(VersionVector reported) {
        for (int i = 0; i < reported.size(); i++) {
            Origin origin = reported.originAt(i);
            if (reported.sequenceAt(i) > applied.vector().sequenceOf(origin) && !isSubscribed(origin)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSubscribed(Origin origin) {
        for (Subscription subscription : subscriptions.values()) {
            if (subscription.origins.contains(origin)) {
                return true;
            }
        }
        return false;
    }

    /** Pulls nothing as long as there is no room for it. */
    void pause(boolean isScarce) {
        scarce = isScarce;
        review();
    }

    /** Clients wait for that, which these have just said they have: they become the sources of what is missing, where others are. */
    void hasten(VersionVector wanted, Set<NodeId> answered) {
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.sequenceAt(i) > applied.vector().sequenceOf(wanted.originAt(i))) {
                choice.hasten(wanted.originAt(i), wanted.sequenceAt(i), answered, draft.now());
            }
        }
        review();
    }

    /** Chooses sources and brings the subscriptions in line. */
    void review() {
        TreeMap<NodeId, TreeSet<Origin>> wanted = new TreeMap<>();
        boolean paused = scarce || !applied.merging().isEmpty() || retirements.isRetired();
        for (Origin origin : paused ? Set.<Origin>of() : choice.review(draft.now())) {
            choice.sourceOf(origin)
                    .filter(source -> isWorthSubscribing(origin))
                    .ifPresent(source ->
                            wanted.computeIfAbsent(source, s -> new TreeSet<>()).add(origin));
        }
        subscriptions.keySet().removeIf(source -> !peers.isLive(source, draft.now()));
        subscriptions.keySet().forEach(source -> wanted.putIfAbsent(source, new TreeSet<>()));
        wanted.forEach((source, origins) -> {
            Subscription present = subscriptions.get(source);
            if (present == null
                    || !present.origins.containsAll(origins)
                    || (paused && !present.origins.isEmpty())
                    || isPartlyPulledElsewhere(source, present)
                    || isToBeAskedAgain(present)
                    || isStalled(source, present)) {
                subscribe(source, origins);
            }
        });
    }

    /** Whether an origin moved to another source: sending it twice would waste the link. */
    private boolean isPartlyPulledElsewhere(NodeId source, Subscription subscription) {
        for (Origin origin : subscription.origins) {
            if (!choice.sourceOf(origin).equals(Optional.of(source))) {
                return true;
            }
        }
        return false;
    }

    private boolean isWorthSubscribing(Origin origin) {
        return !stopped.contains(origin)
                && (choice.isLatestOfItsNode(origin)
                        || choice.isAnybodyAhead(origin)
                        || !isOlderThan(choice.lastAdvanceNanos(origin), IDLE_NANOS));
    }

    /** Whether nothing came although the source has entries of some subscribed origin. */
    private boolean isStalled(NodeId source, Subscription subscription) {
        long stall = settings.timing().stall().toNanos();
        if (!isOlderThan(Math.max(subscription.lastEntriesNanos, subscription.madeAtNanos), stall)) {
            return false;
        }
        for (Origin origin : subscription.origins) {
            if (peers.appliedBy(source, origin) > applied.vector().sequenceOf(origin)) {
                return true;
            }
        }
        return false;
    }

    private void subscribe(NodeId source, TreeSet<Origin> origins) {
        SortedMap<Origin, Long> from = new TreeMap<>();
        for (Origin origin : origins) {
            from.put(origin, applied.vector().sequenceOf(origin));
        }
        SubscriptionId id = new SubscriptionId(session, ++lastNumber);
        subscriptions.put(source, new Subscription(id, origins, draft.now().monotonicNanos()));
        draft.send(source, new Subscribe(id, from, settings.limits().creditBytes()));
    }

    private boolean isOlderThan(long nanos, long age) {
        return draft.now().monotonicNanos() - nanos > age;
    }

    private static final class Subscription {
        private final SubscriptionId id;
        private final TreeSet<Origin> origins;
        private final long madeAtNanos;
        private long lastEntriesNanos;
        private long receivedBytes;
        private boolean owesCredit;
        private boolean lacksEntries;

        private Subscription(SubscriptionId id, TreeSet<Origin> origins, long madeAtNanos) {
            this.id = id;
            this.origins = origins;
            this.madeAtNanos = madeAtNanos;
            this.lastEntriesNanos = madeAtNanos;
        }
    }
}
