package io.entente.core.simulation;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.MembershipCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.Census;
import io.entente.core.message.Life;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Progress;
import io.entente.core.message.Report;
import io.entente.core.message.Retirement;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The bugs in how members let go of one that is retired: each leaves out one rule of the handshake. */
final class RetirementBugs {

    private static final StoreKeys KEYS = new StoreKeys(0);
    private static final long ANY_TERM = 99;

    private RetirementBugs() {}

    /** The node seals without having heard that the others have halted the retired one. */
    static final class AnswersNotAwaited extends CensusSurgery {

        @Override
        Census census(Census said, StoreReader disk) {
            TreeMap<String, Retirement> retired = new TreeMap<>(said.retired());
            retirements(
                    disk, (node, known) -> retired.merge(node, new Retirement(known.term(), false), Retirement::join));
            return new Census(said.admitted(), said.counted(), retired, said.opened());
        }
    }

    /** An answer counts although it was made before its member heard of a loss. */
    static final class OldAnswersCounted extends CensusSurgery {

        @Override
        Census census(Census said, StoreReader disk) {
            TreeMap<String, Life> counted = new TreeMap<>(said.counted());
            each(
                    disk,
                    KEYS.members(),
                    scan -> counted.merge(
                            StoreKeys.metaTail(scan.key()).string(),
                            MembershipCodec.life(scan.value()),
                            (a, b) -> a.isAfter(b) ? a : b));
            return new Census(said.admitted(), counted, said.retired(), said.opened());
        }
    }

    /** The node says that it has halted the retired one, and goes on applying its writes. */
    static final class AppliesNotStopped extends CensusSurgery {

        @Override
        Census census(Census said, StoreReader disk) {
            return opened(said, disk, false);
        }
    }

    /** The node applies writes past the seal. */
    static final class AppliedPastTheSeal extends CensusSurgery {

        @Override
        Census census(Census said, StoreReader disk) {
            return opened(said, disk, true);
        }
    }

    /** Makes the node take the origins of retired nodes, as far as it has heard of them, for those of nodes that came back. */
    private static Census opened(Census said, StoreReader disk, boolean onlySealed) {
        TreeMap<Origin, Long> opened = new TreeMap<>(said.opened());
        OriginCodec origins = new OriginCodec(new OriginPool());
        retirements(
                disk,
                (node, known) -> each(disk, KEYS.vectors(), scan -> {
                    Origin origin = origins.readOrigin(StoreKeys.metaTail(scan.key()));
                    if (origin.node().equals(node) && (known.sealed() || !onlySealed)) {
                        opened.put(origin, ANY_TERM);
                    }
                }));
        return new Census(said.admitted(), said.counted(), said.retired(), opened);
    }

    private static void retirements(StoreReader disk, BiConsumer<String, Retirement> each) {
        each(
                disk,
                KEYS.retirements(),
                scan -> each.accept(StoreKeys.metaTail(scan.key()).string(), MembershipCodec.retirement(scan.value())));
    }

    private static void each(StoreReader disk, Bytes prefix, java.util.function.Consumer<Scan> row) {
        try (Scan scan = disk.scan(Table.META, prefix, StoreKeys.successor(prefix))) {
            while (scan.advance()) {
                row.accept(scan);
            }
        }
    }

    /** Changes what a node hears of others' censuses. */
    private abstract static class CensusSurgery implements Surgery {

        abstract Census census(Census said, StoreReader disk);

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            return message instanceof Progress progress
                    ? List.of(new Progress(
                            changed(progress.own(), disk),
                            progress.relayed().stream()
                                    .map(report -> changed(report, disk))
                                    .toList(),
                            progress.hearsYou(),
                            progress.fitToLead(),
                            progress.credit()))
                    : List.of(message);
        }

        private Report changed(Report report, StoreReader disk) {
            return new Report(
                    report.node(),
                    report.life(),
                    report.promisedEpoch(),
                    report.applied(),
                    report.census().map(census -> census(census, disk)));
        }
    }
}
