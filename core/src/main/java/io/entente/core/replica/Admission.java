package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.message.Census;
import io.entente.core.message.Life;
import io.entente.core.message.NodeId;
import io.entente.core.message.Report;
import io.entente.core.replica.Start.Standing;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether this replica may originate, and how one that is new or may have lost data comes to it.
 *
 * <p>Such a replica may have reported writes that it no longer knows, and others may purge tombstones on the strength of that; it
 * may also have made writes that only others still have. So where members are named it begins a new {@link Life}: every member
 * durably notes it, counts no report of an earlier one from then on, and says so in its census, with its own vector; then the
 * replica catches up to the join of these vectors. What anybody purged before, and what it once wrote itself, it has then seen; what
 * anybody purges later needs a report of its new life.
 *
 * <p>The vectors must be newer than the last loss of any member, for what only that member had, and had told others, would be
 * missing in them. So an answer counts only if its census knows of every new life that this replica knows of. And whoever hears
 * of a loss forgets what only waits in its memory: what the others' answers don't name must not come back later from there.
 *
 * <p>Asking and answering are nothing but reports, which neighbours pass on: no link between any two nodes has to work. Where no
 * members are named nothing is ever purged, and catching up with one admitted peer suffices. There a replica that knows of nobody waits until it
 * hears of somebody, for what it doesn't know it may have lost; but for the founder, and a node that is known never to have met another one.
 */
final class Admission {

    private final ReplicaSettings settings;
    private final Registry registry;
    private final AppliedState applied;
    private final Peers peers;
    private final Stability stability;
    private final Retirements retirements;
    private final Seals seals;
    private final Draft draft;
    private final Start start;
    private final Solitude solitude;
    private final TreeMap<String, VersionVector> toCatchUp = new TreeMap<>();
    private boolean hasNews;
    private boolean heardOfLoss;

    Admission(
            ReplicaSettings settings,
            Registry registry,
            AppliedState applied,
            Peers peers,
            Stability stability,
            Retirements retirements,
            Seals seals,
            Draft draft,
            Start start) {
        this.settings = settings;
        this.registry = registry;
        this.applied = applied;
        this.peers = peers;
        this.stability = stability;
        this.retirements = retirements;
        this.seals = seals;
        this.draft = draft;
        this.start = start;
        this.solitude = new Solitude(settings, registry, peers, start.standing(), draft.now());
        registry.noted().forEach(stability::begin);
        retirements.uncountSealed();
    }

    /** Decides what can be decided without hearing from others. */
    void begin() {
        Standing standing = start.standing();
        if (standing != Standing.FOUNDED && standing != Standing.INTACT) {
            revoke();
        }
        boolean alone = standing == Standing.FOUNDED
                || solitude.isKnown(draft.now())
                || settings.members().equals(Set.of(settings.self().node()));
        if (alone && !isAdmitted() && !retirements.isRetired()) {
            admit();
        } else if (isAdmitted()) {
            retirements.open(start.incarnation());
        }
    }

    private void revoke() {
        if (isAdmitted()) {
            registry.revoke(draft.batch());
        }
        retirements.unseal();
    }

    private void admit() {
        registry.admit(draft.batch());
        retirements.open(start.incarnation());
    }

    boolean isAdmitted() {
        return registry.admitted().isPresent();
    }

    /** The nodes that are retired and sealed off: they count for nothing. */
    Set<String> sealedOff() {
        return retirements.gone();
    }

    /** The life in which this replica reports. */
    Life life() {
        return registry.life();
    }

    /** What this replica says of membership. */
    Census census() {
        return new Census(isAdmitted(), registry.noted(), registry.retired(), registry.opened());
    }

    /** Whether there was something since the last call that others wait to hear. */
    boolean takeNews() {
        boolean had = hasNews;
        hasNews = false;
        return had;
    }

    /** Whether a member was heard, since the last call, to have begun a life without the memory of the one before. */
    boolean takeLoss() {
        boolean had = heardOfLoss;
        heardOfLoss = false;
        return had;
    }

    /** What keeps this replica from originating, as a sentence; empty once it is admitted. */
    Optional<String> waitsFor() {
        if (isAdmitted()) {
            return Optional.empty();
        }
        if (retirements.isRetired()) {
            return retirements.obstacle();
        }
        String why = "this replica is new, or may have lost data, and ";
        if (!mayCatchUp()) {
            return Optional.of(why
                    + (settings.members().isEmpty()
                            ? "waits for a peer to catch up with"
                            : "waits to hear from the members " + unanswered()));
        }
        VersionVector have = applied.vector();
        long missing = target().join(have).total() - have.total();
        return Optional.of(why + "catches up with its peers: it lacks " + missing + " of their writes");
    }

    /**
     * Hears a report, from its replica or through another one.
     *
     * @return whether it is of the reporter's latest life; nothing else may count
     */
    boolean hear(Report report) {
        String node = report.node().node();
        Life before = registry.life();
        report.census().ifPresent(census -> {
            retirements.hear(census);
            census.counted().forEach(this::hear);
        });
        hear(node, report.life());
        if (!before.equals(registry.life())) {
            hasNews = true;
            toCatchUp.clear();
        }
        return report.life().equals(registry.noted().get(node))
                && !registry.isRetired(node, report.life().term());
    }

    /** Hears of a life, from whomever: whoever counts a later one than this replica does is right. */
    private void hear(String node, Life latest) {
        if (node.equals(settings.self().node())) {
            retirements.hearOwn(latest);
            Life life = registry.life();
            if (latest.isAfter(life) && latest.term() == life.term()) {
                live(life.after(latest));
            }
            return;
        }
        Life noted = registry.noted().get(node);
        if ((noted == null || latest.isAfter(noted)) && !registry.isRetired(node, latest.term())) {
            note(node, latest);
        }
    }

    /** Sees whether this replica has caught up. */
    void proceed() {
        if (isAdmitted() || retirements.isRetired()) {
            return;
        }
        collect();
        if (solitude.isKnown(draft.now()) || (mayCatchUp() && applied.vector().dominates(target()))) {
            admit();
            hasNews = true;
            draft.tell(Severity.NOTICE, "partition " + settings.partition() + " has caught up and accepts writes");
        }
    }

    private void note(String node, Life latest) {
        Life before = registry.noted().get(node);
        boolean wasGone = registry.isGone(node);
        registry.note(node, latest, draft.batch());
        peers.begin(node, latest);
        stability.begin(node, latest);
        retirements.noted(node);
        hasNews = true;
        toCatchUp.clear();
        heardOfLoss |= before == null || !before.registration().equals(latest.registration());
        if (wasGone && !registry.isGone(node)) {
            draft.tell(
                    Severity.NOTICE,
                    "node " + node + ", which was retired from partition " + settings.partition()
                            + ", comes back as a new member, with nothing that it had: should it stay away, stop it before it is retired again");
        }
    }

    /** Goes on in the same memory under a later number: nothing that anybody has said about the earlier one counts. */
    private void live(Life later) {
        registry.live(later);
        hasNews = true;
        toCatchUp.clear();
        if (isAdmitted()) {
            registry.admit(draft.batch());
        }
    }

    private void collect() {
        // What only a retired member had will never arrive.
        toCatchUp.keySet().removeIf(registry::isGone);
        if (settings.members().isEmpty()) {
            collectFromAnyPeer();
            return;
        }
        for (NodeId node : peers.reporters()) {
            if (settings.members().contains(node.node())) {
                peers.wholeReportOf(node)
                        .filter(this::isAnswer)
                        .ifPresent(report -> toCatchUp.putIfAbsent(node.node(), report.applied()));
            }
        }
    }

    /** Whether the report was made after its replica had noted this life, and every other one that this replica knows of. */
    private boolean isAnswer(Report report) {
        Census census = report.census().orElseThrow();
        return census.counts(settings.self().node(), registry.life())
                && seals.knowsAllLives(census, report.node().node());
    }

    /** From an admitted peer; from all, when all have reported and none is admitted. */
    private void collectFromAnyPeer() {
        if (!toCatchUp.isEmpty()) {
            return;
        }
        TreeMap<String, VersionVector> all = new TreeMap<>();
        Set<NodeId> asked = new TreeSet<>(peers.all());
        asked.removeIf(peer -> peers.retired().contains(peer.node()));
        for (NodeId peer : asked) {
            Optional<Report> report = peers.wholeReportOf(peer);
            if (report.isPresent()) {
                all.put(peer.node(), report.get().applied());
            }
            if (report.isPresent() && report.get().isOfAdmitted()) {
                toCatchUp.put(peer.node(), report.get().applied());
                return;
            }
        }
        if (all.size() == asked.size()) {
            toCatchUp.putAll(all);
        }
    }

    private boolean mayCatchUp() {
        return settings.members().isEmpty()
                ? !toCatchUp.isEmpty()
                : unanswered().isEmpty();
    }

    private VersionVector target() {
        VersionVector join = VersionVector.empty();
        for (VersionVector vector : toCatchUp.values()) {
            join = join.join(vector);
        }
        return join;
    }

    private Set<String> unanswered() {
        Set<String> missing = retirements.counted();
        missing.removeAll(toCatchUp.keySet());
        return missing;
    }
}
