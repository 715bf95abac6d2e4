package io.entente.core.replica;

import io.entente.conflict.clock.HybridClock;
import io.entente.conflict.version.VersionVector;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.EpochCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Event.ClockJudged;
import io.entente.core.event.Event.EpochRequested;
import io.entente.core.event.Event.MessageReceived;
import io.entente.core.event.Event.PeersChanged;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.RetirementRequested;
import io.entente.core.event.Event.SalvageRequested;
import io.entente.core.event.Event.SpaceChanged;
import io.entente.core.event.Event.SpareTimeCame;
import io.entente.core.event.Event.Ticked;
import io.entente.core.event.Event.TopologyChanged;
import io.entente.core.event.Event.VerifyRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.Now;
import io.entente.core.journal.ConflictJournal;
import io.entente.core.message.Epoch;
import io.entente.core.message.Life;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.EpochIs;
import io.entente.core.message.PeerMessage.Progress;
import io.entente.core.message.PeerMessage.Promised;
import io.entente.core.message.PeerMessage.SnapshotChunk;
import io.entente.core.message.PeerMessage.SnapshotCredit;
import io.entente.core.message.PeerMessage.SnapshotRefused;
import io.entente.core.message.PeerMessage.Subscribe;
import io.entente.core.message.PeerMessage.Truncated;
import io.entente.core.message.PeerMessage.VectorIs;
import io.entente.core.message.PeerMessage.Verify;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.message.PeerMessage.WantSnapshot;
import io.entente.core.message.PeerMessage.WantVector;
import io.entente.core.message.Registration;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.Report;
import io.entente.core.store.ReadableStore;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One node's copy of one partition, as a deterministic state machine: the same events at the same times on the same store give
 * the same steps.
 *
 * <p>Whoever drives it hands in events, commits the step's batch at the configured durability, performs the step's effects, and
 * only then asks for the next step. When a commit fails, the replica is to be thrown away: it has run ahead of its store.
 *
 * <p>Confined to one thread at a time. See <i>Designing Data-Intensive Applications</i>, chapter 5, for what it is to do, and this
 * package's classes for how, one behaviour each.
 */
public final class Replica {

    private final ReplicaSettings settings;
    private final Start.Standing standing;
    private final Draft draft;
    private final AppliedState applied;
    private final Records records;
    private final Parts parts;
    private final EntryLog log;
    private final Peers peers;
    private final Leadership leadership;
    private final Epochs epochs;
    private final Election election;
    private final Voting voting;
    private final Acknowledging acknowledging;
    private final Neighbourhood neighbourhood;
    private final Stability stability;
    private final Retirements retirements;
    private final Admission admission;
    private final Sources sources;
    private final Feeds feeds;
    private final ReplicationPath replicationPath;
    private final Rounds rounds;
    private final Requests requests;
    private final Reporting reporting;
    private final Purge purge;
    private final SnapshotFeeds snapshots;
    private final SnapshotFetch fetch;
    private final SnapshotMerge merge;
    private final JoinProgress joining;
    private final Truncation truncation;
    private final Verifications verifications;
    private final Staleness staleness;
    private final SalvagePath salvage;
    private final Changes changes;
    private final Events events = new Events();
    private Optional<NodeId> named = Optional.empty();
    private ReplicationMode mode = ReplicationMode.multiLeader();
    private Optional<Boolean> caughtUp = Optional.empty();
    private boolean begun;
    private boolean scarce;

    private Replica(ReplicaSettings settings, ReadableStore store, Start start, Now now) {
        standing = start.standing();
        Limits limits = settings.limits();
        StoreKeys keys = new StoreKeys(settings.partition());
        OriginCodec origins = new OriginCodec(new OriginPool());
        EntryCodec entries = new EntryCodec(origins);
        HybridClock clock = new HybridClock(settings.timing().maxClockDrift());
        this.settings = settings;
        draft = new Draft(now);
        applied = AppliedState.recover(store, keys, origins);
        Conflicts conflicts = new Conflicts(ConflictJournal.recover(store, keys, origins, limits.journal()), draft);
        OutlineCache outlines =
                new OutlineCache(limits.cacheBytes(), start.incarnation().random());
        changes = new Changes(applied, draft);
        log = new EntryLog(store, keys, entries, origins, limits);
        merge = new SnapshotMerge(store, keys, origins, applied, log, draft, limits.mergesPerStep());
        records = new Records(store, keys, new SiblingsCodec(origins), outlines, conflicts, applied, merge);
        parts = new Parts(store, new PartKeys(settings.partition()), origins, outlines, applied, merge);
        peers = new Peers(settings.timing().peerTimeout());
        stability = new Stability(settings.members(), settings.self().node(), applied);
        Registry registry =
                Registry.recover(store, keys, origins, settings.self().node(), start.registration());
        Seals seals = new Seals(settings, registry, applied, peers);
        retirements = new Retirements(settings, registry, applied, peers, stability, seals, draft);
        admission = new Admission(settings, registry, applied, peers, stability, retirements, seals, draft, start);
        leadership = new Leadership(settings, applied, admission, peers, now);
        epochs = new Epochs(settings, store, keys, admission, draft);
        LeaderWatch watch = new LeaderWatch(settings, epochs, peers, now);
        election = new Election(settings, epochs, watch, applied, admission, peers, draft);
        voting = new Voting(epochs, watch, applied, admission, draft);
        neighbourhood = new Neighbourhood(settings.self(), settings.topology(), leadership, epochs);
        feeds = new Feeds(applied, log, limits.messageBytes(), draft);
        SourceChoice choice =
                new SourceChoice(settings.timing(), neighbourhood, start.incarnation(), applied, peers, feeds);
        sources = new Sources(settings, applied, peers, choice, retirements, draft, start.session());
        PartApplication operations = new PartApplication(applied, parts);
        Application application = new Application(applied, records, operations, log, clock, draft);
        replicationPath = new ReplicationPath(
                applied, application, entries, new EarlyEntries(limits.earlyBytes()), sources, seals, draft);
        PartObservation observation = new PartObservation(start.incarnation(), parts, clock, draft);
        WritePath writePath = new WritePath(
                start.incarnation(),
                applied,
                records,
                observation,
                application,
                entries,
                clock,
                draft,
                limits.siblings());
        rounds = new Rounds(settings, start.session(), applied, admission, epochs, leadership, draft);
        salvage = new SalvagePath(store, keys, applied, admission, writePath, draft);
        acknowledging = new Acknowledging(settings, epochs, peers, leadership, draft);
        QuorumRead.Asking asking =
                new QuorumRead.Asking(settings, rounds, applied, records, sources, leadership, epochs, draft);
        requests = new Requests(settings, applied, records, writePath, admission, acknowledging, asking, draft);
        reporting = new Reporting(settings, applied, peers, leadership, sources, admission, epochs, draft);
        purge = new Purge(
                applied,
                stability,
                List.of(
                        new PurgeableRecords(store, keys, records, stability),
                        new PurgeableParts(store, new PartKeys(settings.partition()), parts, stability)),
                limits.purgesPerTick());
        SnapshotHolds holds = new SnapshotHolds(peers, draft, settings.timing().reroute());
        snapshots = new SnapshotFeeds(store, keys, origins, settings, holds, draft, start.session());
        SnapshotProviders providers = new SnapshotProviders(settings, applied, peers, neighbourhood, sources);
        Staging staging = new Staging(keys, origins, draft);
        fetch = new SnapshotFetch(
                store, keys, settings, applied, providers, merge, staging, seals, draft, start.session());
        joining = new JoinProgress(settings, fetch, merge, draft);
        truncation = new Truncation(settings, applied, peers, leadership, retirements, log, holds, draft);
        VerificationScope scope = new VerificationScope(settings, store, applied, peers, draft);
        staleness = new Staleness(applied, peers);
        verifications = new Verifications(scope, new RowRepair(scope, records, parts, purge), start.session());
    }

    /**
     * The replica that the store holds; a new one where it holds none.
     *
     * @param settings which replica, and its bounds
     * @param store what has been committed; only read here
     * @param start how the replica starts
     * @param now the time
     */
    public static Replica recover(ReplicaSettings settings, ReadableStore store, Start start, Now now) {
        return new Replica(settings, store, start, now);
    }

    /**
     * Takes a partition's admission back, durably. A node that may have lost data commits this for all its partitions before any
     * of them starts; else a crash in between would leave some admitted that must not be.
     */
    public static void revokeAdmission(int partition, WriteBatch batch) {
        batch.delete(Table.META, new StoreKeys(partition).admission());
    }

    /**
     * Admits the founder's replica of a partition, durably: there is nothing it could have lost. Committed for all partitions
     * before the founder makes the cluster's identity known.
     */
    public static void admitFounder(int partition, Registration registration, WriteBatch batch) {
        Registry.admit(new StoreKeys(partition), Life.first(registration), batch);
    }

    /**
     * Whether the store's copy of a partition was retired while that node held it: it is to be put aside before the node starts.
     *
     * @param node the node's name
     */
    public static boolean isRetired(StoreReader store, int partition, String node) {
        StoreKeys keys = new StoreKeys(partition);
        return Registry.recover(store, keys, new OriginCodec(new OriginPool()), node, new Registration(0, 0))
                .isOwnTermOver();
    }

    /**
     * Has a partition begin under the rules that its cluster is founded with, durably: committed by the founder together with its admission.
     */
    public static void found(int partition, NodeId founder, Founding founding, WriteBatch batch) {
        if (!founding.mode().equals(ReplicationMode.multiLeader())) {
            Epoch first = Epoch.founded(founder, founding.mode(), founding.voters());
            batch.put(Table.META, new StoreKeys(partition).epoch(), EpochCodec.encode(first));
        }
    }

    /**
     * Whether what is committed of a partition is half its own and half a snapshot's that it merges: who reads beside the replica gets neither. What is asked
     * of a {@link io.entente.core.store.StoreSnapshot} holds for all that is read there.
     */
    public static boolean isMerging(StoreReader store, int partition) {
        return Joining.recover(store, new StoreKeys(partition)) instanceof Joining.Merging;
    }

    /** Handles events in their order, as one step. */
    public Step step(Now now, List<Event> batch) {
        draft.begin(now);
        log.committed();
        merge.committed();
        if (!begun) {
            begun = true;
            admission.begin();
            epochs.begin(standing);
        }
        if (merge.beginIfStaged()) {
            replicationPath.forgetWaiting();
            sources.review();
        }
        verifications.proceed();
        for (Event event : batch) {
            event.dispatch(events);
        }
        if (!applied.advanced().isEmpty()) {
            admission.proceed();
            retirements.proceed();
        }
        hearOfRetirements();
        boolean epochChanged = election.proceed();
        if (epochChanged) {
            lead();
        }
        requests.review();
        acknowledging.note();
        feeds.pump();
        boolean hasNews = admission.takeNews() || epochChanged;
        if (hasNews) {
            reporting.beatNow();
        }
        reporting.acknowledge();
        applied.flush(draft.batch());
        records.flush(draft.batch(), changes::note);
        parts.flush(draft.batch(), changes::note);
        changes.publish();
        if (snapshots.hasMore() || (merge.isActive() && !scarce)) {
            draft.comeBackWhenSpare();
        }
        return draft.finish();
    }

    /** The replica's version vector, as of the last step. */
    public VersionVector applied() {
        return applied.vector();
    }

    /**
     * Whether it merges a snapshot, so that what it answers rests on what its steps merge: a step whose batch isn't committed must then be
     * the last one of this replica.
     */
    public boolean mergesSnapshot() {
        return merge.isUnderWay();
    }

    /** What there is to say about this replica now. */
    public ReplicaStatus status(Now now) {
        return new StatusView(
                        applied,
                        admission,
                        retirements,
                        leadership,
                        leader(),
                        epoch(),
                        peers,
                        stability,
                        replicationPath,
                        log,
                        joining,
                        staleness)
                .at(now);
    }

    /** Under which rules the partition is written to, as far as this replica knows: {@link ReplicaStatus#epoch}, and cheaper to ask for. */
    public EpochStatus epoch() {
        return new EpochStatus(
                epochs.established(),
                epochs.isHeeded(),
                epochs.leads(),
                acknowledging.degraded(),
                acknowledging.isDegraded());
    }

    private void mergeSome() {
        boolean finished = merge.proceed(key -> {
            if (PartKeys.isPart(key)) {
                parts.row(key);
            } else {
                records.outline(StoreKeys.recordOf(key));
            }
        });
        if (finished) {
            replicationPath.merged();
            fetch.merged();
            sources.review();
        }
    }

    /** Who is retired, or back, is no source, or one again, and leads nowhere, or may. */
    private void hearOfRetirements() {
        if (retirements.takeNews()) {
            neighbourhood.draw();
            lead();
            sources.review();
            reporting.beatNow();
        }
        if (retirements.takeLack()) {
            sources.lackEntries();
        }
    }

    private void noteWhetherCaughtUp() {
        boolean is = leadership.isAbreast() && fetch.source().isEmpty() && !merge.isUnderWay();
        if (!caughtUp.equals(Optional.of(is))) {
            caughtUp = Optional.of(is);
            draft.noteCaughtUp(is);
        }
    }

    private void lead() {
        leadership.review(draft.now());
        Optional<NodeId> leader = leader();
        ReplicationMode inForce = epochs.established().mode();
        if (!leader.equals(named) || !inForce.equals(mode)) {
            named = leader;
            mode = inForce;
            draft.nameLeader(leader, inForce);
        }
        noteWhetherCaughtUp();
    }

    /** Where clients' writes go: to the epoch's leader or, where it has none by its mode, to the leader of this data center. */
    private Optional<NodeId> leader() {
        return epochs.singleLeader().isPresent() ? epochs.leader() : leadership.leader();
    }

    private final class Events implements Event.Handler {

        private final Messages messages = new Messages();

        @Override
        public void onWriteRequested(WriteRequested event) {
            requests.write(event);
        }

        @Override
        public void onReadRequested(ReadRequested event) {
            requests.read(event);
        }

        @Override
        public void onVerifyRequested(VerifyRequested event) {
            verifications.request(event);
        }

        @Override
        public void onMessageReceived(MessageReceived event) {
            if (!event.from().equals(settings.self())) {
                peers.heard(event.from(), draft.now());
                messages.handle(event.from(), event.message());
            }
        }

        @Override
        public void onRetirementRequested(RetirementRequested event) {
            Set<String> known = new TreeSet<>();
            leadership.all().nodes().forEach(node -> known.add(node.node()));
            draft.answer(event.id(), retirements.retire(event.node(), known));
        }

        @Override
        public void onSalvageRequested(SalvageRequested event) {
            salvage.salvage(event);
        }

        @Override
        public void onPeersChanged(PeersChanged event) {
            leadership.copies(event.copies());
            Set<NodeId> others = leadership.all().nodes();
            others.remove(settings.self());
            peers.change(others);
            neighbourhood.draw();
            feeds.retain(others);
            snapshots.retain(others);
            verifications.retain(others);
            lead();
            reporting.beatNow();
        }

        @Override
        public void onTopologyChanged(TopologyChanged event) {
            neighbourhood.plan(event.plan());
            sources.review();
            reporting.beatNow();
        }

        @Override
        public void onClockJudged(ClockJudged event) {
            leadership.trustClock(event.trusted());
            lead();
            reporting.beatNow();
        }

        @Override
        public void onSpaceChanged(SpaceChanged event) {
            if (scarce == event.scarce()) {
                return;
            }
            scarce = event.scarce();
            sources.pause(scarce);
            leadership.stepAside(scarce);
            lead();
            reporting.beatNow();
        }

        @Override
        public void onEpochRequested(EpochRequested event) {
            election.request(event);
        }

        @Override
        public void onTicked(Ticked event) {
            lead();
            election.tick();
            sources.review();
            admission.proceed();
            staleness.review(draft.now());
            retirements.proceed();
            reporting.beat();
            snapshots.review(applied.vector());
            verifications.review();
            if (!scarce) {
                fetch.review();
            }
            if (!merge.isActive() && admission.isAdmitted()) {
                purge.purgeSome();
                truncation.review();
            }
            joining.review();
        }

        @Override
        public void onSpareTimeCame(SpareTimeCame event) {
            snapshots.sendSome();
            if (!scarce) {
                mergeSome();
            }
        }
    }

    private final class Messages implements PeerMessage.Handler {

        private NodeId from = new NodeId("", "");

        private void handle(NodeId sender, PeerMessage message) {
            from = sender;
            message.dispatch(this);
        }

        @Override
        public void onSubscribe(Subscribe message) {
            feeds.subscribe(from, message);
        }

        @Override
        public void onEntries(Entries message) {
            replicationPath.receive(from, message);
        }

        @Override
        public void onTruncated(Truncated message) {
            fetch.truncated(from, message);
        }

        @Override
        public void onWantSnapshot(WantSnapshot message) {
            snapshots.want(from, message);
        }

        @Override
        public void onSnapshotChunk(SnapshotChunk message) {
            // Dropped, it is asked for again when there is room.
            if (!scarce) {
                fetch.receive(from, message);
            }
        }

        @Override
        public void onSnapshotCredit(SnapshotCredit message) {
            snapshots.credit(from, message);
        }

        @Override
        public void onSnapshotRefused(SnapshotRefused message) {
            fetch.refused(from, message);
        }

        @Override
        public void onVerify(Verify message) {
            verifications.receive(from, message);
        }

        @Override
        public void onWantVector(WantVector message) {
            rounds.answer(from, message);
        }

        @Override
        public void onVectorIs(VectorIs message) {
            rounds.answered(from, message, learn(message.report()));
            if (sources.lacks(message.report().applied())) {
                sources.review();
            }
        }

        @Override
        public void onWantPromise(WantPromise message) {
            voting.wanted(from, message);
        }

        @Override
        public void onPromised(Promised message) {
            election.promised(from, message);
        }

        @Override
        public void onEpochIs(EpochIs message) {
            voting.heard(from, message);
        }

        @Override
        public void onProgress(Progress message) {
            learn(message.own());
            message.relayed().forEach(this::learn);
            boolean wasLive = peers.isLive(from, draft.now());
            peers.told(from, message.hearsYou(), message.fitToLead());
            admission.proceed();
            retirements.proceed();
            message.credit().ifPresent(credit -> feeds.credit(from, credit));
            boolean newlyLive = !wasLive && peers.isLive(from, draft.now());
            if (newlyLive) {
                lead();
            }
            if (newlyLive || sources.lacks(message.own().applied())) {
                sources.review();
            }
        }

        /** Whether the report was of its reporter's latest life. */
        private boolean learn(Report report) {
            epochs.hear(report.promisedEpoch());
            boolean isLatest = !report.node().equals(settings.self()) && admission.hear(report);
            if (isLatest) {
                peers.learn(report);
                stability.learn(report);
            }
            if (admission.takeLoss()) {
                replicationPath.forgetWaiting();
            }
            return isLatest;
        }
    }
}
