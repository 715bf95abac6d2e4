package io.entente.core.simulation;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.event.Event;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.Census;
import io.entente.core.message.Life;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Progress;
import io.entente.core.message.Registration;
import io.entente.core.message.Report;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Start;
import io.entente.core.replica.Start.Standing;
import io.entente.core.replica.Timing;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The bugs that are put into nodes through their stores, settings, clients and reports; see {@link EntryBugs} for the rest. */
final class Bugs {

    private static final StoreKeys KEYS = new StoreKeys(0);
    private static final Duration NEVER = Duration.ofDays(365);

    private Bugs() {}

    /** Of several siblings one is forgotten. */
    static final class SiblingDropped extends RecordSurgery {

        @Override
        Siblings record(Siblings before, Siblings after) {
            return after.size() < 2 ? after : new Siblings(after.versions().subList(1, after.size()));
        }
    }

    /** A write leaves the deletions it has seen where they are. */
    static final class TombstoneKept extends RecordSurgery {

        @Override
        Siblings record(Siblings before, Siblings after) {
            List<Sibling> all = new ArrayList<>(after.versions());
            before.versions().stream()
                    .filter(Sibling::isTombstone)
                    .filter(tombstone -> !after.holds(tombstone.dot()))
                    .forEach(all::add);
            return Siblings.of(all.toArray(Sibling[]::new));
        }
    }

    /** Incarnations are numbered from what the directory says. */
    static final class IncarnationFromDirectory implements Surgery {

        @Override
        public Start start(Start start, StoreReader disk) {
            Origin fresh = start.incarnation();
            long earlier = 0;
            try (Scan scan = disk.scan(Table.META, KEYS.vectors(), StoreKeys.successor(KEYS.vectors()))) {
                OriginCodec origins = new OriginCodec(new OriginPool());
                while (scan.advance()) {
                    Origin known = origins.readOrigin(StoreKeys.metaTail(scan.key()));
                    earlier += known.node().equals(fresh.node()) ? 1 : 0;
                }
            }
            Origin numbered = new Origin(
                    fresh.dataCenter(), fresh.node(), earlier + 1, fresh.node().hashCode());
            return new Start(start.standing(), numbered, start.registration(), start.session());
        }
    }

    /** What may have been lost is not asked for: the node goes on as if nothing had happened, in the same life. */
    static class LossIgnored implements Surgery {

        @Override
        public Standing standing(Standing standing) {
            return standing == Standing.MAY_HAVE_LOST ? Standing.INTACT : standing;
        }
    }

    /** The same; what comes of it is seen only when others purge on the strength of what the node had reported before. */
    static final class FormerLifeCounted extends LossIgnored {

        @Override
        public boolean isAdmissionJudged() {
            return false;
        }
    }

    /** A member that lost its memory goes on under the name of its former life, and what that one said still counts. */
    static final class LivesNotToldApart implements Surgery {

        @Override
        public Start start(Start start, StoreReader disk) {
            Registration only = onlyLifeOf(start.incarnation().node()).registration();
            return new Start(start.standing(), start.incarnation(), only, start.session());
        }

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            return message instanceof Progress progress
                    ? List.of(new Progress(
                            inOnlyLife(progress.own()),
                            progress.relayed().stream()
                                    .map(LivesNotToldApart::inOnlyLife)
                                    .toList(),
                            progress.hearsYou(),
                            progress.credit()))
                    : List.of(message);
        }

        private static Report inOnlyLife(Report report) {
            return new Report(
                    report.node(),
                    onlyLifeOf(report.node().node()),
                    report.promisedEpoch(),
                    report.applied(),
                    report.census().map(LivesNotToldApart::inOnlyLives));
        }

        private static Census inOnlyLives(Census census) {
            TreeMap<String, Life> counted = new TreeMap<>();
            census.counted().keySet().forEach(node -> counted.put(node, onlyLifeOf(node)));
            return new Census(census.admitted(), counted);
        }

        private static Life onlyLifeOf(String node) {
            return Life.first(new Registration(0, node.hashCode()));
        }
    }

    /** A replica that may have lost data catches up with nobody. */
    static final class AdmittedAtOnce implements Surgery {

        @Override
        public Start start(Start start, StoreReader disk) {
            return new Start(Standing.FOUNDED, start.incarnation(), start.registration(), start.session());
        }
    }

    /** Answers leave before their batch is durable. */
    static final class AnswerBeforeCommit implements Surgery {

        @Override
        public boolean commitsFirst() {
            return false;
        }
    }

    /** One member is not waited for before a purge. */
    static final class MemberForgotten implements Surgery {

        @Override
        public ReplicaSettings settings(ReplicaSettings settings) {
            Set<String> members = new TreeSet<>(settings.members());
            members.stream()
                    .filter(member -> !member.equals(settings.self().node()))
                    .findFirst()
                    .ifPresent(members::remove);
            return new ReplicaSettings(
                    settings.self(),
                    settings.partition(),
                    members,
                    settings.topology(),
                    settings.timing(),
                    settings.limits());
        }
    }

    /** A member's report counts before this replica has the writes that the member had made by then. */
    static final class ReportCountedEarly implements Surgery {

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            if (!(message instanceof Progress progress)) {
                return List.of(message);
            }
            Report own = progress.own();
            VersionVector others = own.applied().without(origin -> own.node().isHomeOf(origin));
            Report stripped = new Report(own.node(), own.life(), own.promisedEpoch(), others, own.census());
            return List.of(new Progress(stripped, List.of(), progress.hearsYou(), Optional.empty()), message);
        }
    }

    /** A context that is ahead of the origin is not waited for. */
    static final class ContextAheadAccepted implements Surgery {

        @Override
        public Event request(Event request, Replica replica) {
            if (request instanceof WriteRequested write && write.condition() instanceof WriteCondition.Seen seen) {
                List<Dot> covered = seen.context().dots().stream()
                        .filter(replica.applied()::contains)
                        .toList();
                CausalContext context = CausalContext.of(
                        covered, covered.isEmpty() || seen.context().absent());
                return new WriteRequested(
                        write.id(),
                        write.key(),
                        write.payload(),
                        WriteCondition.seen(context),
                        write.concern(),
                        write.timeout());
            }
            return request;
        }
    }

    /** A read doesn't wait for its session. */
    static final class SessionIgnored implements Surgery {

        @Override
        public Event request(Event request, Replica replica) {
            return request instanceof ReadRequested read
                    ? new ReadRequested(read.id(), read.key(), VersionVector.empty(), read.timeout())
                    : request;
        }
    }

    /** A source is kept although another neighbour is ahead of it. */
    static final class StaticNextHop implements Surgery {

        @Override
        public ReplicaSettings settings(ReplicaSettings settings) {
            Timing timing = settings.timing();
            return withTiming(
                    settings,
                    new Timing(
                            timing.heartbeat(), timing.peerTimeout(), NEVER, timing.stall(), timing.maxClockDrift()));
        }
    }

    /** What was lost on the way is not asked for again. */
    static final class NeverAskedAgain implements Surgery {

        @Override
        public ReplicaSettings settings(ReplicaSettings settings) {
            return withTiming(settings, patient(settings.timing()));
        }
    }

    /** A source is never told that it may go on; nor is it asked anew, which would tell it too. */
    static final class CreditNeverRenewed implements Surgery {

        @Override
        public ReplicaSettings settings(ReplicaSettings settings) {
            return withTiming(settings, patient(settings.timing()));
        }

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            return message instanceof Progress progress
                    ? List.of(new Progress(progress.own(), progress.relayed(), progress.hearsYou(), Optional.empty()))
                    : List.of(message);
        }
    }

    /** What is known of third replicas is not passed on. */
    static final class NothingRelayed implements Surgery {

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            return message instanceof Progress progress
                    ? List.of(new Progress(progress.own(), List.of(), progress.hearsYou(), progress.credit()))
                    : List.of(message);
        }
    }

    /** That a link works in one direction only is not noticed. */
    static final class OneWayLinkTrusted implements Surgery {

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            return message instanceof Progress progress
                    ? List.of(new Progress(progress.own(), progress.relayed(), true, progress.credit()))
                    : List.of(message);
        }
    }

    private static Timing patient(Timing timing) {
        return new Timing(timing.heartbeat(), timing.peerTimeout(), timing.reroute(), NEVER, timing.maxClockDrift());
    }

    private static ReplicaSettings withTiming(ReplicaSettings settings, Timing timing) {
        return new ReplicaSettings(
                settings.self(),
                settings.partition(),
                settings.members(),
                settings.topology(),
                timing,
                settings.limits());
    }

    /** Changes records on their way to the disk. */
    private abstract static class RecordSurgery implements Surgery {

        private final SiblingsCodec codec = new SiblingsCodec(new OriginCodec(new OriginPool()));

        abstract Siblings record(Siblings before, Siblings after);

        @Override
        public WriteBatch commit(NodeId at, WriteBatch batch, StoreReader disk) {
            WriteBatch changed = new WriteBatch();
            batch.forEach(new WriteBatch.Visitor() {
                @Override
                public void put(Table table, Bytes key, Bytes value) {
                    if (table == Table.RECORD) {
                        Siblings before =
                                disk.get(table, key).map(codec::decode).orElse(Siblings.none());
                        changed.put(table, key, codec.encode(record(before, codec.decode(value))));
                    } else {
                        changed.put(table, key, value);
                    }
                }

                @Override
                public void delete(Table table, Bytes key) {
                    changed.delete(table, key);
                }
            });
            return changed;
        }
    }

    /** An entry that can't be applied is skipped: the vector goes on without it. */
    static final class EntrySkipped implements Surgery {

        @Override
        public WriteBatch commit(NodeId at, WriteBatch batch, StoreReader disk) {
            WriteBatch changed = new WriteBatch();
            batch.forEach(new WriteBatch.Visitor() {
                @Override
                public void put(Table table, Bytes key, Bytes value) {
                    boolean skipped = (table == Table.LOG && StoreKeys.sequenceOf(key) % 3 == 0 && isForeign(key, at))
                            || (table == Table.RECORD && value.length() % 3 == 0);
                    if (!skipped) {
                        changed.put(table, key, value);
                    }
                }

                @Override
                public void delete(Table table, Bytes key) {
                    changed.delete(table, key);
                }
            });
            return changed;
        }

        private static boolean isForeign(Bytes key, NodeId at) {
            ByteReader in = new ByteReader(key);
            in.u16();
            return !at.isHomeOf(new OriginCodec(new OriginPool()).readOrigin(in));
        }
    }
}
