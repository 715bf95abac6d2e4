package io.entente.core.simulation;

import io.entente.conflict.version.Origin;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.Census;
import io.entente.core.message.Life;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Progress;
import io.entente.core.message.Registration;
import io.entente.core.message.Report;
import io.entente.core.replica.Start;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.List;
import java.util.TreeMap;

/** The bugs in how a node begins, above all when it may have lost data. */
final class LossBugs {

    private static final StoreKeys KEYS = new StoreKeys(0);

    private LossBugs() {}

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
                            progress.fitToLead(),
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
}
