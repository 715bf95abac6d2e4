package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.Census;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.Progress;
import io.entente.core.message.Report;
import java.util.List;
import java.util.Optional;

/**
 * Tells the peers what this replica has: at once to those who sent entries, and to all of them now and then, for who is heard and
 * what is acknowledged doesn't depend on the links that entries take.
 *
 * <p>The frequent reports name only what advanced; the others everything, and what is known of third replicas too, so that
 * evidence travels where there is no direct link.
 */
final class Reporting {

    private final ReplicaSettings settings;
    private final AppliedState applied;
    private final Peers peers;
    private final Leadership leadership;
    private final Sources sources;
    private final Admission admission;
    private final Epochs epochs;
    private final Draft draft;
    private long lastHeartbeatNanos;
    private boolean begun;

    Reporting(
            ReplicaSettings settings,
            AppliedState applied,
            Peers peers,
            Leadership leadership,
            Sources sources,
            Admission admission,
            Epochs epochs,
            Draft draft) {
        this.settings = settings;
        this.applied = applied;
        this.peers = peers;
        this.leadership = leadership;
        this.sources = sources;
        this.admission = admission;
        this.epochs = epochs;
        this.draft = draft;
    }

    /** Acknowledges what this step received: to the sources, which get new credit, and to the origins' own nodes. */
    void acknowledge() {
        List<NodeId> addressees = sources.owedCredit();
        if (addressees.isEmpty()) {
            return;
        }
        VersionVector.Builder gained = new VersionVector.Builder();
        for (Origin origin : applied.advanced()) {
            gained.raise(origin, applied.vector().sequenceOf(origin));
        }
        Report report = report(gained.build(), Optional.empty());
        for (NodeId addressee : addressees) {
            send(addressee, report, List.of());
        }
    }

    /** Reports everything to every peer, when a heartbeat is due. */
    void beat() {
        long now = draft.now().monotonicNanos();
        if (begun && now - lastHeartbeatNanos < settings.timing().heartbeat().toNanos()) {
            return;
        }
        begun = true;
        lastHeartbeatNanos = now;
        beatNow();
    }

    /** Reports everything to every peer. */
    void beatNow() {
        // Whoever lost data catches up to what whole reports name, and must not miss what is staged here.
        Optional<Census> census = applied.holdsMore() ? Optional.empty() : Optional.of(admission.census());
        Report report = report(applied.vector(), census);
        for (NodeId peer : peers.all()) {
            send(peer, report, peers.wholeReportsBut(peer));
        }
    }

    private void send(NodeId to, Report report, List<Report> relayed) {
        boolean hearsYou = peers.isHeard(to, draft.now());
        draft.send(to, new Progress(report, relayed, hearsYou, leadership.isFit(), sources.creditFor(to)));
    }

    private Report report(VersionVector what, Optional<Census> census) {
        return new Report(settings.self(), admission.life(), epochs.promised(), what, census);
    }
}
