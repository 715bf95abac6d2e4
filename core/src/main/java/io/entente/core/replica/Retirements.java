package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.message.Census;
import io.entente.core.message.Life;
import io.entente.core.message.Retirement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the members that remain let go of one that is not to come back as it was.
 *
 * <p>Whoever hears that <i>m</i> is retired <i>halts</i> it, durably: from then on it applies of <i>m</i>'s writes only what a remaining
 * member is known to have that has halted it too, and says so in its census. Once all have, nothing can be added to what they have
 * together: that is the <i>seal</i>. Who knows that all have halted, and holds all that they had then, <i>seals</i>: it applies no more, and no longer
 * counts <i>m</i>. What <i>m</i> wrote past the seal only <i>m</i>'s directory has.
 *
 * <p>An answer is a whole report of the latest life of a remaining member; it counts only if it was made after its member had noted every new
 * life that this replica knows of. Else what one member had, told, and lost could be sealed off by those it had told nothing, while one that it
 * had told goes on having it. Members that are being retired are not asked; so all that are not yet sealed are sealed together, by answers that
 * have halted them all.
 *
 * <p>The retired member learns of it from the others' reports. It originates nothing, and asks nobody for anything; its memory ends here. A
 * memory that is still empty passes into the next {@link Life term} instead, and is admitted as any new one. Its origins are <i>opened</i> by
 * name, for who only knows that <i>m</i> is retired can't tell an old origin from a new one.
 *
 * <p>All of this are grow-only facts in reports, which neighbours pass on: it makes no difference in which order, how often and through whom
 * they are heard, nor at how many nodes a retirement was begun.
 */
final class Retirements {

    private final ReplicaSettings settings;
    private final Registry registry;
    private final AppliedState applied;
    private final Peers peers;
    private final Stability stability;
    private final Seals seals;
    private final Draft draft;
    private Optional<Answers> answers = Optional.empty();
    private boolean hasNews;
    private boolean lacksEntries;

    Retirements(
            ReplicaSettings settings,
            Registry registry,
            AppliedState applied,
            Peers peers,
            Stability stability,
            Seals seals,
            Draft draft) {
        this.settings = settings;
        this.registry = registry;
        this.applied = applied;
        this.peers = peers;
        this.stability = stability;
        this.seals = seals;
        this.draft = draft;
        registry.retired().forEach((node, retirement) -> {
            if (registry.isGone(node)) {
                peers.retire(node);
            }
        });
    }

    /** After the store may have lost something: what was sealed here has to be agreed on again, for some of it may be missing. */
    void unseal() {
        registry.retired().forEach((node, retirement) -> {
            if (retirement.sealed()) {
                registry.retire(node, new Retirement(retirement.term(), false), draft.batch());
            }
        });
    }

    /** Counts nobody that is sealed; to be called once the lives noted are known to {@link Stability}. */
    void uncountSealed() {
        registry.retired().keySet().stream().filter(this::isUncounted).forEach(stability::uncount);
    }

    /** A later life of the member was noted: one after its retirement is counted again. */
    void noted(String node) {
        answers = Optional.empty();
        if (isUncounted(node)) {
            stability.uncount(node);
        }
        if (registry.isGone(node)) {
            peers.retire(node);
        }
    }

    /** The other members whose evidence is asked for: all named ones but those sealed. */
    Set<String> counted() {
        Set<String> counted = settings.otherMembers();
        counted.removeIf(this::isUncounted);
        return counted;
    }

    private boolean isUncounted(String node) {
        Retirement retirement = registry.retired().get(node);
        return retirement != null && retirement.sealed() && registry.isGone(node);
    }

    /** Whether this replica's own memory is retired. */
    boolean isRetired() {
        return registry.isOwnTermOver();
    }

    /** Whether there was something since the last call that others wait to hear. */
    boolean takeNews() {
        boolean had = hasNews;
        hasNews = false;
        return had;
    }

    /** Whether entries that were turned away before may be applicable now, since the last call. */
    boolean takeLack() {
        boolean had = lacksEntries;
        lacksEntries = false;
        return had;
    }

    /** Who is being retired, and for which members that waits; for none where this replica itself lacks some of the seal. */
    SortedMap<String, Set<String>> underWay() {
        TreeMap<String, Set<String>> waits = new TreeMap<>();
        for (String node : seals.unsealed()) {
            waits.put(node, seals.unanswered());
        }
        return waits;
    }

    /** The members that are retired and have not asked to come back. */
    Set<String> gone() {
        if (registry.retired().isEmpty()) {
            return Set.of();
        }
        Set<String> gone = new TreeSet<>(registry.retired().keySet());
        gone.removeIf(node -> !isUncounted(node));
        return gone;
    }

    /** An operator retires a member. */
    Reply retire(String node, Set<String> known) {
        if (node.equals(settings.self().node())) {
            return refused("a node can't retire itself: say it to another node of the cluster");
        }
        if (isRetired()) {
            return refused("node " + settings.self().node() + " is retired itself, so it can't retire " + node);
        }
        if (!known.contains(node) && !registry.noted().containsKey(node) && !isNamed(node)) {
            return refused("partition " + settings.partition() + " knows no node " + node + ": it knows " + known);
        }
        Life latest = registry.noted().get(node);
        halt(node, latest == null ? 0 : latest.term());
        proceed();
        return new Reply.Accepted();
    }

    private boolean isNamed(String node) {
        return settings.members().contains(node);
    }

    private static Reply refused(String detail) {
        return new Reply.Refused(Refusal.PRECONDITION_FAILED, detail);
    }

    /** Hears who is retired, and which origins are not concerned, from whomever. */
    void hear(Census census) {
        census.opened().forEach((origin, term) -> {
            if (registry.opened().getOrDefault(origin, -1L) < term) {
                open(origin, term);
            }
        });
        census.retired().forEach((node, retirement) -> halt(node, retirement.term()));
    }

    /** Hears that others count a life of this node's. One of a later term says that the term of this memory is over. */
    void hearOwn(Life latest) {
        if (latest.term() > registry.term()) {
            halt(settings.self().node(), latest.term() - 1);
        }
    }

    /** This replica, admitted in a term after a retirement, may originate under that name. */
    void open(Origin incarnation) {
        if (registry.term() > 0 && !registry.opened().containsKey(incarnation)) {
            open(incarnation, registry.term());
        }
    }

    private void open(Origin origin, long term) {
        registry.open(origin, term, draft.batch());
        hasNews = true;
        lacksEntries = true;
    }

    private void halt(String node, long term) {
        Retirement known = registry.retired().get(node);
        if (known != null && known.term() >= term) {
            return;
        }
        registry.retire(node, new Retirement(term, false), draft.batch());
        hasNews = true;
        lacksEntries = true;
        if (node.equals(settings.self().node())) {
            end(term);
        } else if (registry.isGone(node)) {
            peers.retire(node);
            draft.tell(
                    Severity.NOTICE,
                    "node " + node + " is being retired from partition " + settings.partition()
                            + ": of its writes only those are applied that another member has");
        }
    }

    /** The term of this replica's memory is over; one that is empty and was never admitted passes into the next. */
    private void end(long term) {
        if (registry.term() > term) {
            return;
        }
        boolean isNew = registry.admitted().isEmpty() && applied.vector().isEmpty() && !applied.holdsMore();
        if (isNew) {
            registry.beginTerm(term + 1, draft.batch());
            draft.tell(
                    Severity.NOTICE,
                    "node " + settings.self().node() + " was retired from partition " + settings.partition()
                            + " while it held nothing of it, so it goes on as a new member: should it stay away, stop it, then retire it again");
            return;
        }
        registry.revoke(draft.batch());
        draft.tell(
                Severity.WARNING,
                "node " + settings.self().node() + " was retired from partition " + settings.partition()
                        + " by the others: it accepts no more writes. Start it again to have its data put aside, come back with what"
                        + " the others have, and be offered what only it wrote");
    }

    /** Seals what can be sealed by now, and gives up where others have sealed less than this replica has. */
    void proceed() {
        List<String> unsealed = seals.unsealed();
        boolean knowsMembers =
                !settings.members().isEmpty() || registry.admitted().isPresent();
        if (unsealed.isEmpty() || isRetired() || applied.holdsMore() || !knowsMembers) {
            return;
        }
        if (seals.isOutlived()) {
            halt(settings.self().node(), registry.term());
            return;
        }
        if (hasWhatAllHadWhenTheyAnswered(unsealed) && seals.areHeldWhole()) {
            for (String node : unsealed) {
                long term = registry.endedTerm(node);
                registry.retire(node, new Retirement(term, true), draft.batch());
                noted(node);
                draft.tell(
                        Severity.NOTICE,
                        "node " + node + " is retired from partition " + settings.partition()
                                + ": all other members have what any of them has of its writes");
            }
            hasNews = true;
        }
    }

    /**
     * Whether all have answered, and this replica has reached what they had then. A write that was acknowledged with the retired ones' copies counted may
     * be at a single one of those that remain, which doesn't count them from its answer on. Once this replica has it too, it may measure quorums by
     * fewer copies.
     */
    private boolean hasWhatAllHadWhenTheyAnswered(List<String> unsealed) {
        if (!seals.unanswered().isEmpty()) {
            answers = Optional.empty();
            return false;
        }
        if (answers.isEmpty() || !answers.get().to().equals(unsealed)) {
            answers = Optional.of(new Answers(unsealed, seals.heldByRemaining()));
        }
        return applied.vector().dominates(answers.get().join());
    }

    /**
     * What the members that remain answered.
     *
     * @param to who was being retired
     * @param join what they had together
     */
    private record Answers(List<String> to, VersionVector join) {}

    /** Why this replica doesn't originate, where it is retired, as a sentence. */
    Optional<String> obstacle() {
        return isRetired()
                ? Optional.of("node " + settings.self().node()
                        + " was retired from the cluster: start it again to have its data put"
                        + " aside, come back with what the others have, and be offered what only it wrote")
                : Optional.empty();
    }
}
