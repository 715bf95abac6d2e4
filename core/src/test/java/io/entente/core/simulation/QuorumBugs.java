package io.entente.core.simulation;

import io.entente.conflict.version.VersionVector;
import io.entente.core.event.Event;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.VectorIs;
import io.entente.core.message.Report;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.ReadConcern.Replicas;
import io.entente.core.mode.WriteConcern;
import io.entente.core.replica.Replica;
import io.entente.core.store.StoreReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The bugs in what quorums and sessions rest on. They are to be found from values alone. */
final class QuorumBugs {

    private QuorumBugs() {}

    private abstract static class JudgedByValues implements Surgery {

        @Override
        public boolean isConcernJudged() {
            return false;
        }
    }

    private static WriteRequested changed(WriteRequested write, WriteConcern concern, VersionVector atLeast) {
        return new WriteRequested(
                write.id(),
                write.key(),
                write.payload(),
                write.condition(),
                concern,
                write.timeout(),
                write.isKept(),
                atLeast);
    }

    /** A copy that lost data answers as if it had not. */
    static final class LossyCopyAnswers extends LossBugs.LossIgnored {

        @Override
        public boolean isAdmissionJudged() {
            return false;
        }
    }

    /** What a copy had in the round before counts for this one. */
    static final class EarlierRoundCounts implements Surgery {

        /** The last answer of each copy to each asker. */
        private final Map<List<NodeId>, VectorIs> last = new LinkedHashMap<>();

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            if (!(message instanceof VectorIs answer)) {
                return List.of(message);
            }
            VectorIs earlier = last.put(List.of(at, answer.report().node()), answer);
            return earlier == null
                    ? List.of(message)
                    : List.of(new VectorIs(answer.round(), earlier.report(), earlier.counts()));
        }
    }

    /** A read doesn't wait until its replica has what the others have. */
    static final class JoinNotReached implements Surgery {

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            if (!(message instanceof VectorIs answer)) {
                return List.of(message);
            }
            Report has = answer.report();
            Report nothing =
                    new Report(has.node(), has.life(), has.promisedEpoch(), VersionVector.empty(), Optional.empty());
            return List.of(new VectorIs(answer.round(), nothing, answer.counts()));
        }
    }

    /** Who stands in has what it was given, says so, and never hands it over. */
    static final class HintDropped implements Surgery {

        private static final Set<String> STANDING_IN = Set.of("eu-4", "eu-5");

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            return message instanceof PeerMessage.Subscribe && STANDING_IN.contains(at.node())
                    ? List.of()
                    : List.of(message);
        }
    }

    /** A read is content with one copy less. */
    static final class OneCopyShort extends JudgedByValues {

        @Override
        public Event request(Event request, Replica replica) {
            return request instanceof ReadRequested read && read.concern() instanceof Replicas of && of.count() > 1
                    ? new ReadRequested(
                            read.id(), read.key(), ReadConcern.replicas(of.count() - 1), read.atLeast(), read.timeout())
                    : request;
        }
    }

    /** A write is acknowledged as soon as it is on one disk. */
    static final class AcknowledgedEarly extends JudgedByValues {

        @Override
        public Event request(Event request, Replica replica) {
            return request instanceof WriteRequested write
                    ? changed(write, WriteConcern.async(), write.atLeast())
                    : request;
        }
    }

    /** A read doesn't wait for its session. */
    static final class SessionNotReached extends JudgedByValues {

        @Override
        public Event request(Event request, Replica replica) {
            return request instanceof ReadRequested read
                    ? new ReadRequested(read.id(), read.key(), read.concern(), VersionVector.empty(), read.timeout())
                    : request;
        }
    }

    /** A write doesn't wait for its session. */
    static final class WrittenBeforeSession extends JudgedByValues {

        @Override
        public Event request(Event request, Replica replica) {
            return request instanceof WriteRequested write
                    ? changed(write, write.concern(), VersionVector.empty())
                    : request;
        }
    }
}
