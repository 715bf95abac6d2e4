package io.entente.core.simulation;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.VersionVector;
import io.entente.core.event.Event;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Progress;
import io.entente.core.message.Report;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Timing;
import io.entente.core.store.StoreReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The bugs that are put into nodes through their settings, clients and reports; see also the other classes of bugs. */
final class Bugs {

    private static final Duration NEVER = Duration.ofDays(365);

    private Bugs() {}

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
            return List.of(
                    new Progress(stripped, List.of(), progress.hearsYou(), progress.fitToLead(), Optional.empty()),
                    message);
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
                        write.timeout(),
                        write.isKept());
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
                    ? List.of(new Progress(
                            progress.own(),
                            progress.relayed(),
                            progress.hearsYou(),
                            progress.fitToLead(),
                            Optional.empty()))
                    : List.of(message);
        }
    }

    /** What is known of third replicas is not passed on. */
    static final class NothingRelayed implements Surgery {

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            return message instanceof Progress progress
                    ? List.of(new Progress(
                            progress.own(), List.of(), progress.hearsYou(), progress.fitToLead(), progress.credit()))
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
}
