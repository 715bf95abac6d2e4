package io.entente.core.simulation;

import io.entente.core.message.Census;
import io.entente.core.message.Life;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Progress;
import io.entente.core.message.Report;
import io.entente.core.store.StoreReader;
import io.entente.core.store.WriteBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bug of sending whole reports while a snapshot is merged: what its sender had said before, and whom it counts by then, is put into the reports that
 * don't say so.
 */
final class WholeWhileMerging implements Surgery {

    private final Map<NodeId, StoreReader> disks = new HashMap<>();
    private final Map<NodeId, Report> said = new HashMap<>();
    private final Map<NodeId, TreeMap<String, Life>> heard = new HashMap<>();

    @Override
    public WriteBatch commit(NodeId at, WriteBatch batch, StoreReader disk) {
        disks.put(at, disk);
        return batch;
    }

    @Override
    public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
        if (!(message instanceof Progress progress)) {
            return List.of(message);
        }
        Report own = whole(progress.own());
        hear(at, own);
        progress.relayed().forEach(report -> hear(at, report));
        return List.of(
                new Progress(own, progress.relayed(), progress.hearsYou(), progress.fitToLead(), progress.credit()));
    }

    /** A receiver counts, from then on, the latest life of the reporter, and those that the reporter counts. */
    private void hear(NodeId at, Report report) {
        TreeMap<String, Life> counted = heard.computeIfAbsent(at, any -> new TreeMap<>());
        later(counted, report.node().node(), report.life());
        report.census().ifPresent(census -> census.counted().forEach((node, life) -> later(counted, node, life)));
    }

    private static void later(TreeMap<String, Life> counted, String node, Life life) {
        counted.merge(node, life, (known, other) -> known.isAfter(other) ? known : other);
    }

    private Report whole(Report report) {
        Report before = said.get(report.node());
        Report joined = before != null && before.life().equals(report.life())
                ? new Report(
                        report.node(),
                        report.life(),
                        report.promisedEpoch(),
                        before.applied().join(report.applied()),
                        report.census().or(before::census))
                : report;
        said.put(report.node(), joined);
        StoreReader disk = disks.get(report.node());
        if (report.isWhole() || disk == null || !Joined.isMerging(disk)) {
            return report;
        }
        TreeMap<String, Life> counted = new TreeMap<>(heard.getOrDefault(report.node(), new TreeMap<>()));
        counted.remove(report.node().node());
        boolean admitted = joined.isOfAdmitted();
        return new Report(
                report.node(),
                report.life(),
                report.promisedEpoch(),
                joined.applied(),
                Optional.of(new Census(admitted, counted)));
    }
}
