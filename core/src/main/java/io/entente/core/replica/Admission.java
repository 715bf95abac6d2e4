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
 * members are named nothing is ever purged, and catching up with one admitted peer suffices.
 */
final class Admission {

    private final ReplicaSettings settings;
    private final Registry registry;
    private final AppliedState applied;
    private final Peers peers;
    private final Stability stability;
    private final Draft draft;
    private final Standing standing;
    private final TreeMap<String, VersionVector> toCatchUp = new TreeMap<>();
    private Life life;
    private boolean hasNews;
    private boolean heardOfLoss;

    Admission(
            ReplicaSettings settings,
            Registry registry,
            AppliedState applied,
            Peers peers,
            Stability stability,
            Draft draft,
            Start start) {
        this.settings = settings;
        this.registry = registry;
        this.applied = applied;
        this.peers = peers;
        this.stability = stability;
        this.draft = draft;
        this.life = Life.first(start.registration());
        this.standing = start.standing();
        registry.noted().forEach(stability::begin);
    }

    /** Decides what can be decided without hearing from others. */
    void begin() {
        if (standing != Standing.INTACT && isAdmitted()) {
            registry.revoke(draft.batch());
        }
        life = registry.admitted().orElse(life);
        boolean alone = standing == Standing.FOUNDED
                || (standing != Standing.NEW
                        && registry.noted().isEmpty()
                        && settings.members().isEmpty())
                || settings.members().equals(Set.of(settings.self().node()));
        if (alone && !isAdmitted()) {
            registry.admit(life, draft.batch());
        }
    }

    boolean isAdmitted() {
        return registry.admitted().isPresent();
    }

    /** The life in which this replica reports. */
    Life life() {
        return life;
    }

    /** What this replica says of membership. */
    Census census() {
        return new Census(isAdmitted(), registry.noted());
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
        report.census().ifPresent(census -> census.counted().forEach(this::hear));
        hear(node, report.life());
        return report.life().equals(registry.noted().get(node));
    }

    /** Hears of a life, from whomever: whoever counts a later one than this replica does is right. */
    private void hear(String node, Life latest) {
        if (node.equals(settings.self().node())) {
            if (latest.isAfter(life)) {
                live(life.after(latest));
            }
            return;
        }
        Life noted = registry.noted().get(node);
        if (noted == null || latest.isAfter(noted)) {
            note(node, latest);
        }
    }

    /** Sees whether this replica has caught up. */
    void proceed() {
        if (isAdmitted()) {
            return;
        }
        collect();
        if (mayCatchUp() && applied.vector().dominates(target())) {
            registry.admit(life, draft.batch());
            hasNews = true;
            draft.tell(Severity.NOTICE, "partition " + settings.partition() + " has caught up and accepts writes");
        }
    }

    private void note(String node, Life latest) {
        Life before = registry.noted().get(node);
        registry.note(node, latest, draft.batch());
        peers.begin(node, latest);
        stability.begin(node, latest);
        hasNews = true;
        toCatchUp.clear();
        heardOfLoss |= before == null || !before.registration().equals(latest.registration());
    }

    /** Goes on in the same memory under a later number: nothing that anybody has said about the earlier one counts. */
    private void live(Life later) {
        life = later;
        hasNews = true;
        toCatchUp.clear();
        if (isAdmitted()) {
            registry.admit(life, draft.batch());
        }
    }

    private void collect() {
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
        return census.counts(settings.self().node(), life)
                && registry.noted().entrySet().stream()
                        .filter(noted -> !noted.getKey().equals(report.node().node()))
                        .allMatch(noted -> census.countsSince(noted.getKey(), noted.getValue()));
    }

    /** From an admitted peer; from all, when all have reported and none is admitted. */
    private void collectFromAnyPeer() {
        if (!toCatchUp.isEmpty()) {
            return;
        }
        TreeMap<String, VersionVector> all = new TreeMap<>();
        for (NodeId peer : peers.all()) {
            Optional<Report> report = peers.wholeReportOf(peer);
            if (report.isPresent()) {
                all.put(peer.node(), report.get().applied());
            }
            if (report.isPresent() && report.get().isOfAdmitted()) {
                toCatchUp.put(peer.node(), report.get().applied());
                return;
            }
        }
        if (all.size() == peers.all().size()) {
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
        Set<String> missing = new TreeSet<>(settings.otherMembers());
        missing.removeAll(toCatchUp.keySet());
        return missing;
    }
}
