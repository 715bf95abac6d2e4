package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.event.Now;
import io.entente.core.message.Ballot;
import io.entente.core.message.Life;
import io.entente.core.message.NodeId;
import io.entente.core.message.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What this replica knows of the other copies of its partition: who is addressable, who was heard lately, what each has said of
 * itself, directly or through others.
 */
final class Peers {

    private final Duration timeout;
    private Set<NodeId> addressable = Collections.emptySortedSet();
    private final TreeMap<NodeId, Link> links = new TreeMap<>();
    private final TreeMap<NodeId, Report> reports = new TreeMap<>();
    private final TreeMap<NodeId, Report> whole = new TreeMap<>();
    private final TreeSet<String> retired = new TreeSet<>();

    Peers(Duration timeout) {
        this.timeout = timeout;
    }

    void change(Set<NodeId> peers) {
        addressable = Collections.unmodifiableSortedSet(new TreeSet<>(peers));
        links.keySet().retainAll(peers);
    }

    /** The addressable peers, in order. */
    Set<NodeId> all() {
        return addressable;
    }

    void heard(NodeId peer, Now now) {
        if (addressable.contains(peer)) {
            links.computeIfAbsent(peer, p -> new Link()).heardAtNanos = now.monotonicNanos();
        }
    }

    void told(NodeId peer, boolean hearsUs, boolean fitToLead) {
        Link link = links.get(peer);
        if (link != null) {
            link.hearsUs = hearsUs;
            link.fitToLead = fitToLead;
        }
    }

    /** Whether the peer said lately that it may lead its data center. */
    boolean isFitToLead(NodeId peer) {
        Link link = links.get(peer);
        return link != null && link.fitToLead;
    }

    /** Whether the peer was heard within the timeout. */
    boolean isHeard(NodeId peer, Now now) {
        Link link = links.get(peer);
        return link != null && now.monotonicNanos() - link.heardAtNanos <= timeout.toNanos();
    }

    /** Whether the link to the peer works in both directions, as far as one can know. */
    boolean isLive(NodeId peer, Now now) {
        Link link = links.get(peer);
        return link != null && link.hearsUs && isHeard(peer, now) && !retired.contains(peer.node());
    }

    /** Live peers, in order. */
    List<NodeId> live(Now now) {
        List<NodeId> live = new ArrayList<>();
        for (NodeId peer : addressable) {
            if (isLive(peer, now)) {
                live.add(peer);
            }
        }
        return live;
    }

    /** The node is retired: it is nobody's source, leads nowhere, and nothing it said counts. It is still told what others know. */
    void retire(String node) {
        retired.add(node);
        reports.keySet().removeIf(reporter -> reporter.node().equals(node));
        whole.keySet().removeIf(reporter -> reporter.node().equals(node));
    }

    /** The names of those retired. */
    Set<String> retired() {
        return Collections.unmodifiableSet(retired);
    }

    /** From now on only reports of that life are the node's; what it said before is forgotten. */
    void begin(String node, Life life) {
        retired.remove(node);
        Predicate<Report> isOver =
                report -> report.node().node().equals(node) && !report.life().equals(life);
        reports.values().removeIf(isOver);
        whole.values().removeIf(isOver);
    }

    /** Takes in a report of its reporter's latest life; such reports only grow. */
    void learn(Report report) {
        reports.merge(report.node(), report, Report::join);
        if (report.isWhole()) {
            whole.merge(report.node(), report, Report::join);
        }
    }

    /** The nodes that whole reports are known of. */
    Set<NodeId> reporters() {
        return Collections.unmodifiableSortedSet(whole.navigableKeySet());
    }

    /** The last whole report of that node, if there ever was one. */
    Optional<Report> wholeReportOf(NodeId node) {
        return Optional.ofNullable(whole.get(node));
    }

    /** The last whole reports of all nodes but that one: what is worth passing on to it. */
    List<Report> wholeReportsBut(NodeId node) {
        return whole.values().stream()
                .filter(report -> !report.node().equals(node))
                .toList();
    }

    /**
     * The nodes known to have applied that write. One that is not admitted may have lost what it once promised to keep, and is
     * no evidence until it has caught up; nor is one that has promised another ballot than that, for it may have told somebody what it has
     * before it had the write.
     */
    List<NodeId> holdersOf(Dot dot, Ballot ballot) {
        List<NodeId> holders = new ArrayList<>();
        reports.forEach((node, report) -> {
            boolean admitted = wholeReportOf(node).map(Report::isOfAdmitted).orElse(false);
            if (admitted
                    && report.promisedEpoch().equals(ballot)
                    && report.applied().contains(dot)) {
                holders.add(node);
            }
        });
        return holders;
    }

    /** What the node is known to have durably applied. */
    VersionVector appliedBy(NodeId node) {
        Report report = reports.get(node);
        return report == null ? VersionVector.empty() : report.applied();
    }

    long appliedBy(NodeId node, Origin origin) {
        return appliedBy(node).sequenceOf(origin);
    }

    private static final class Link {
        private long heardAtNanos;
        private boolean hearsUs;
        private boolean fitToLead;
    }
}
