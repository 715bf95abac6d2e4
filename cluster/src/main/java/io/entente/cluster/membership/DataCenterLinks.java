package io.entente.cluster.membership;

import io.entente.cluster.membership.ClusterView.LinkState;
import io.entente.cluster.membership.ClusterView.LinkView;
import io.entente.cluster.replica.LinkFaults;
import io.entente.conflict.version.VersionVector;
import io.entente.core.replica.ReplicaStatus;
import io.entente.core.replica.ReplicaStatus.PeerStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The links between this node's data center and the others, as its replicas see them, summed over partitions. What a data center has is
 * what any node of its has: the others there get it from that one.
 */
final class DataCenterLinks {

    private final String here;
    private final long nowMillis;
    private final Map<String, Link> links = new TreeMap<>();

    DataCenterLinks(String here, long nowMillis) {
        this.here = here;
        this.nowMillis = nowMillis;
    }

    /** Counts one replica's view in. */
    void add(ReplicaStatus status) {
        Map<String, List<PeerStatus>> byDataCenter = new TreeMap<>();
        for (PeerStatus peer : status.peers()) {
            byDataCenter
                    .computeIfAbsent(peer.node().dataCenter(), name -> new ArrayList<>())
                    .add(peer);
        }
        byDataCenter.remove(here);
        byDataCenter.forEach(
                (name, peers) -> links.computeIfAbsent(name, n -> new Link()).add(peers, status.applied(), nowMillis));
    }

    List<LinkView> views(LinkFaults faults) {
        List<LinkView> views = new ArrayList<>();
        links.forEach((there, link) -> {
            views.add(link.outgoing.view(here, there, link.live, faults));
            views.add(link.incoming.view(there, here, link.live, faults));
        });
        return views;
    }

    /** The two directions of the link to one data center. */
    private static final class Link {
        private boolean live = true;
        private final Lag outgoing = new Lag();
        private final Lag incoming = new Lag();

        private void add(List<PeerStatus> peers, VersionVector here, long nowMillis) {
            live &= peers.stream().anyMatch(PeerStatus::live);
            PeerStatus ahead = peers.stream()
                    .min(Comparator.comparingLong(PeerStatus::entriesItLacks))
                    .orElseThrow();
            outgoing.entries += ahead.entriesItLacks();
            ahead.oldestItLacksMillis().ifPresent(oldest -> outgoing.noteAge(Math.max(0, nowMillis - oldest)));
            VersionVector there = VersionVector.empty();
            for (PeerStatus peer : peers) {
                there = there.join(peer.applied());
            }
            VersionVector lacking = there.newSince(here);
            for (int i = 0; i < lacking.size(); i++) {
                incoming.entries += lacking.sequenceAt(i) - here.sequenceOf(lacking.originAt(i));
            }
        }
    }

    /** How far one direction lags. */
    private static final class Lag {

        /** From here on a live link is called catching up. */
        private static final long FAR_BEHIND_ENTRIES = 10_000;

        private long entries;
        private long ageMillis = -1;

        private void noteAge(long millis) {
            ageMillis = Math.max(ageMillis, millis);
        }

        private LinkView view(String from, String to, boolean live, LinkFaults faults) {
            Optional<Long> lag = ageMillis < 0 ? Optional.empty() : Optional.of(ageMillis);
            return new LinkView(from, to, state(from, to, live, faults), entries, lag);
        }

        private LinkState state(String from, String to, boolean live, LinkFaults faults) {
            if (faults.isCut(from, to)) {
                return LinkState.CUT;
            }
            if (!live) {
                return LinkState.DOWN;
            }
            return entries > FAR_BEHIND_ENTRIES ? LinkState.CATCHING_UP : LinkState.UP;
        }
    }
}
