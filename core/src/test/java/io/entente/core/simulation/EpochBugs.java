package io.entente.core.simulation;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.EpochCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.event.Event;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.message.Ballot;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.EpochIs;
import io.entente.core.message.PeerMessage.Progress;
import io.entente.core.message.PeerMessage.Promised;
import io.entente.core.message.PeerMessage.VectorIs;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.message.Report;
import io.entente.core.mode.WriteConcern;
import io.entente.core.replica.Replica;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The bugs in elections and in what a leader rests on. They are to be found out by what clients are told alone. */
final class EpochBugs {

    private static final StoreKeys KEYS = new StoreKeys(0);

    private EpochBugs() {}

    private abstract static class JudgedByClients implements Surgery {

        @Override
        public boolean isConcernJudged() {
            return false;
        }

        @Override
        public boolean isAdmissionJudged() {
            return false;
        }
    }

    private static Ballot promisedOn(StoreReader disk) {
        return disk.get(Table.META, KEYS.promised())
                .map(EpochCodec::decodeBallot)
                .orElse(Ballot.zero());
    }

    private static boolean leads(NodeId at, StoreReader disk) {
        return disk.get(Table.META, KEYS.epoch())
                .map(EpochCodec::decodeEpoch)
                .filter(epoch -> epoch.leader().equals(Optional.of(at)))
                .isPresent();
    }

    private static Report as(Report report, Ballot promised) {
        return new Report(report.node(), report.life(), promised, report.applied(), report.census());
    }

    private static Progress as(Progress message, Report own, List<Report> relayed) {
        return new Progress(own, relayed, message.hearsYou(), message.fitToLead(), message.credit());
    }

    /** A ballot is its round alone: of two that stand in one round each may get a majority's promises. */
    static final class TwoLeadersInOneEpoch extends JudgedByClients {

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            Ballot own = promisedOn(disk);
            if (message instanceof WantPromise want) {
                Epoch asked = want.proposed();
                Epoch proposed = new Epoch(
                        byRound(asked.ballot(), own), asked.leader(), asked.mode(), asked.voters(), asked.settled());
                return List.of(new WantPromise(proposed, want.basis(), want.stage()));
            }
            if (message instanceof Promised promised) {
                return List.of(new Promised(
                        byRound(promised.ballot(), own), promised.stage(), promised.applied(), promised.unsettled()));
            }
            if (message instanceof EpochIs news && news.promised().round() == own.round()) {
                return List.of();
            }
            if (message instanceof Progress progress) {
                Report mine = progress.own();
                List<Report> relayed = progress.relayed().stream()
                        .map(report -> as(report, byRound(report.promisedEpoch(), own)))
                        .toList();
                return List.of(as(progress, as(mine, byRound(mine.promisedEpoch(), own)), relayed));
            }
            return message instanceof VectorIs answer
                    ? List.of(new VectorIs(
                            answer.round(),
                            as(answer.report(), byRound(answer.report().promisedEpoch(), own)),
                            answer.counts()))
                    : List.of(message);
        }

        private static Ballot byRound(Ballot ballot, Ballot own) {
            return ballot.round() == own.round() ? own : ballot;
        }
    }

    /** A leader doesn't hear that others have promised something later; what they say is as good to it as before. */
    private abstract static class DeafLeader extends JudgedByClients {

        abstract boolean believesReports();

        abstract boolean believesRounds();

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            if (!leads(at, disk)) {
                return List.of(message);
            }
            Ballot own = promisedOn(disk);
            if (message instanceof EpochIs || message instanceof WantPromise) {
                return List.of();
            }
            if (message instanceof Progress progress) {
                boolean later = progress.own().promisedEpoch().isAfter(own);
                return later && !believesReports()
                        ? List.of()
                        : List.of(as(progress, as(progress.own(), own), List.of()));
            }
            if (message instanceof VectorIs answer) {
                boolean later = answer.report().promisedEpoch().isAfter(own);
                Report believed = later ? as(answer.report(), own) : answer.report();
                return later && !believesRounds()
                        ? List.of()
                        : List.of(new VectorIs(answer.round(), believed, answer.counts()));
            }
            return List.of(message);
        }
    }

    /** Acknowledgements of who has promised a later epoch count. */
    static final class OldEpochAcknowledges extends DeafLeader {

        @Override
        boolean believesReports() {
            return true;
        }

        @Override
        boolean believesRounds() {
            return false;
        }
    }

    /** A leader that was replaced goes on answering reads. */
    static final class StaleLeaderReads extends DeafLeader {

        @Override
        boolean believesReports() {
            return false;
        }

        @Override
        boolean believesRounds() {
            return true;
        }
    }

    /** A write is acknowledged before a majority has it. */
    static final class AcknowledgedEarly extends JudgedByClients {

        @Override
        public Event request(Event request, Replica replica) {
            return request instanceof WriteRequested write
                    ? new WriteRequested(
                            write.id(),
                            write.key(),
                            write.payload(),
                            write.condition(),
                            WriteConcern.async(),
                            write.timeout(),
                            write.isKept(),
                            write.atLeast())
                    : request;
        }
    }

    /** A promise is not kept on the disk, so it is forgotten with the process. */
    static final class PromiseForgotten extends JudgedByClients {

        @Override
        public WriteBatch commit(NodeId at, WriteBatch batch, StoreReader disk) {
            WriteBatch changed = new WriteBatch();
            Set<Bytes> forgotten = Set.of(KEYS.promised(), KEYS.epoch(), KEYS.unsettled());
            batch.forEach(new WriteBatch.Visitor() {
                @Override
                public void put(Table table, Bytes key, Bytes value) {
                    if (table != Table.META || !forgotten.contains(key)) {
                        changed.put(table, key, value);
                    }
                }

                @Override
                public void delete(Table table, Bytes key) {
                    changed.delete(table, key);
                }

                @Override
                public void deleteRange(Table table, Bytes from, Bytes to) {
                    changed.deleteRange(table, from, to);
                }
            });
            return changed;
        }
    }

    /** A replica that may have lost data promises, and counts, as if it had not. */
    static final class LossyReplicaVotes extends JudgedByClients {

        @Override
        public Standing standing(Standing standing) {
            return standing == Standing.MAY_HAVE_LOST ? Standing.INTACT : standing;
        }
    }

    /** A candidate leads without what the others had when they promised. */
    static final class CandidateCatchesUpWithNobody extends JudgedByClients {

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            return message instanceof Promised promised
                    ? List.of(new Promised(
                            promised.ballot(), promised.stage(), VersionVector.empty(), promised.unsettled()))
                    : List.of(message);
        }
    }
}
