package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.Register;
import io.entente.core.message.PeerMessage.Registered;
import io.entente.core.message.Registration;
import io.entente.core.message.Report;
import io.entente.core.replica.Start.Standing;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether this replica may originate, and how one that is new or may have lost data comes to it.
 *
 * <p>Such a replica may have reported writes that it no longer knows, and others may purge tombstones on the strength of that.
 * So where members are named it <b>registers</b>: every member durably forgets what it reported in its former life, and answers with
 * its own vector; then the replica catches up to the join of these. What anybody purged before, it has then seen; what
 * anybody purges later needs a report of its new life.
 *
 * <p>A member that has never been there need not answer: it is enough that an admitted member says it never heard of it. Where
 * no members are named nothing is ever purged, and catching up with one admitted peer suffices.
 */
final class Admission {

    private final ReplicaSettings settings;
    private final Registry registry;
    private final AppliedState applied;
    private final Peers peers;
    private final Stability stability;
    private final Draft draft;
    private final Registration fresh;
    private final Standing standing;
    private final TreeMap<String, Registered> answers = new TreeMap<>();
    private Optional<VersionVector> target = Optional.empty();

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
        this.fresh = start.registration();
        this.standing = start.standing();
        registry.noted().forEach(stability::register);
    }

    /** Decides what can be decided without hearing from others. */
    void begin() {
        if (standing != Standing.INTACT && registry.admitted().isPresent()) {
            registry.revoke(draft.batch());
        }
        boolean alone = standing == Standing.FOUNDED
                || (standing != Standing.NEW
                        && registry.noted().isEmpty()
                        && settings.members().isEmpty())
                || settings.members().equals(Set.of(settings.self().node()));
        if (alone && !isAdmitted()) {
            registry.admit(fresh, draft.batch());
        }
    }

    boolean isAdmitted() {
        return registry.admitted().isPresent();
    }

    Registration registration() {
        return registry.admitted().orElse(fresh);
    }

    /** What keeps this replica from originating, as a sentence; empty once it is admitted. */
    Optional<String> waitsFor() {
        if (isAdmitted()) {
            return Optional.empty();
        }
        if (target.isPresent()) {
            long missing = target.get().newSince(applied.vector()).total()
                    - applied.vector().total();
            return Optional.of("this replica is catching up with its peers"
                    + (missing > 0 ? "" : ", and will accept writes in a moment"));
        }
        return Optional.of(
                settings.members().isEmpty()
                        ? "this replica is new, or may have lost data, and waits for a peer to catch up with"
                        : "this replica is new, or may have lost data, and waits for an answer of " + unanswered());
    }

    /** Asks whoever has not answered, and sees whether this replica has caught up. */
    void proceed() {
        if (isAdmitted()) {
            return;
        }
        if (target.isEmpty()) {
            target = settings.members().isEmpty() ? vectorOfOnePeer() : joinOfAnswers();
        }
        if (target.isPresent() && applied.vector().dominates(target.get())) {
            registry.admit(fresh, draft.batch());
            draft.tell(Severity.NOTICE, "partition " + settings.partition() + " has caught up and accepts writes");
        } else if (target.isEmpty()) {
            ask();
        }
    }

    void onRegister(NodeId from, Register message) {
        registry.note(from.node(), message.registration(), draft.batch());
        stability.register(from.node(), message.registration());
        draft.send(from, answerTo(message.registration()));
    }

    void onRegistered(NodeId from, Registered message) {
        if (!message.registration().equals(registration())) {
            // The other one has noted another life of ours: an old request came late. Put it right.
            draft.send(from, new Register(registration()));
            return;
        }
        message.known().forEach(this::noteIfUnknown);
        answers.put(from.node(), message);
        proceed();
    }

    /** A peer's own report: tells those apart whose registration this replica has not noted. */
    void onReport(Report report) {
        String node = report.node().node();
        Registration known = registry.noted().get(node);
        if (report.registration().equals(known) || !report.complete()) {
            return;
        }
        if (settings.members().isEmpty()) {
            registry.note(node, report.registration(), draft.batch());
        } else if (known != null) {
            draft.send(report.node(), answerTo(known));
        } else {
            noteIfUnknown(node, report.registration());
        }
    }

    private void noteIfUnknown(String node, Registration registration) {
        if (!node.equals(settings.self().node()) && !registry.noted().containsKey(node)) {
            registry.note(node, registration, draft.batch());
            stability.register(node, registration);
        }
    }

    private Registered answerTo(Registration registration) {
        TreeMap<String, Registration> known = new TreeMap<>(registry.noted());
        registry.admitted().ifPresent(own -> known.put(settings.self().node(), own));
        return new Registered(registration, applied.vector(), known, isAdmitted());
    }

    private Optional<VersionVector> joinOfAnswers() {
        if (!unanswered().isEmpty()) {
            return Optional.empty();
        }
        VersionVector join = VersionVector.empty();
        for (Registered answer : answers.values()) {
            join = join.join(answer.applied());
        }
        return Optional.of(join);
    }

    /** The members whose answer is needed and missing. */
    private Set<String> unanswered() {
        Set<String> missing = new TreeSet<>(settings.otherMembers());
        missing.removeAll(answers.keySet());
        if (answers.values().stream().anyMatch(Registered::admitted)) {
            missing.removeIf(member ->
                    answers.values().stream().noneMatch(answer -> answer.known().containsKey(member)));
        }
        return missing;
    }

    private void ask() {
        Set<String> missing = unanswered();
        for (NodeId peer : peers.all()) {
            if (missing.contains(peer.node())) {
                draft.send(peer, new Register(fresh));
            }
        }
    }

    /** An admitted peer's vector; any peer's when all have reported and none is admitted. */
    private Optional<VersionVector> vectorOfOnePeer() {
        for (NodeId peer : peers.all()) {
            Optional<Report> report = peers.completeReportOf(peer);
            if (report.isPresent()) {
                return report.map(Report::applied);
            }
        }
        boolean allReported = !peers.all().isEmpty() && peers.all().stream().allMatch(peers::hasReported);
        return allReported ? Optional.of(joinOfReports()) : Optional.empty();
    }

    private VersionVector joinOfReports() {
        VersionVector join = VersionVector.empty();
        for (NodeId peer : peers.all()) {
            join = join.join(peers.appliedBy(peer));
        }
        return join;
    }
}
