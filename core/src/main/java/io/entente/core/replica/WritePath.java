package io.entente.core.replica;

import io.entente.conflict.clock.HybridClock;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.codec.EntryCodec;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.Entry;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Outline.Mark;
import java.util.List;
import java.util.Optional;

/** From a client's request to an entry of this node's incarnation, applied here. */
final class WritePath {

    private final Origin incarnation;
    private final AppliedState applied;
    private final Records records;
    private final PartObservation parts;
    private final Application application;
    private final EntryCodec codec;
    private final HybridClock clock;
    private final Draft draft;
    private final int siblingLimit;
    private VersionVector seenAtLastWrite = VersionVector.empty();

    WritePath(
            Origin incarnation,
            AppliedState applied,
            Records records,
            PartObservation parts,
            Application application,
            EntryCodec codec,
            HybridClock clock,
            Draft draft,
            int siblingLimit) {
        this.incarnation = incarnation;
        this.applied = applied;
        this.records = records;
        this.parts = parts;
        this.application = application;
        this.codec = codec;
        this.clock = clock;
        this.draft = draft;
        this.siblingLimit = siblingLimit;
    }

    /** The dots a condition names, which must all have arrived before it can be judged (invariant I7). */
    static CausalContext contextOf(WriteCondition condition) {
        if (condition instanceof WriteCondition.Seen seen) {
            return seen.context();
        }
        return condition instanceof WriteCondition.IfCurrent current ? current.context() : CausalContext.empty();
    }

    /** Writes, or says why not. The condition's context has arrived. */
    Reply write(WriteRequested request) {
        if (request.payload() instanceof Payload.Operations requested) {
            return append(request.key(), parts.complete(request.key(), requested), List.of(), false);
        }
        Outline present = records.outline(request.key());
        Optional<Reply> refusal = refuse(request, present);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        observe(present);
        List<Dot> replaced = replacedBy(request.condition(), present);
        return request.isKept() || present.handsKeepingOn(replaced)
                ? append(request.key(), request.payload(), withDeletions(replaced, present), true)
                : append(request.key(), request.payload(), replaced, false);
    }

    private Reply append(RecordKey key, Payload payload, List<Dot> replaces, boolean isKept) {
        Dot dot = new Dot(incarnation, applied.vector().sequenceOf(incarnation) + 1);
        HybridTimestamp timestamp = clock.next(draft.now().wallMillis());
        Entry entry = new Entry(dot, newDependencies(), key, payload, timestamp, replaces, isKept);
        application.apply(codec.encode(entry));
        seenAtLastWrite = applied.promised();
        CausalContext context = CausalContext.of(List.of(dot), payload.isDeletion());
        return new Reply.Written(dot, context, applied.seen());
    }

    /** After a restart the clock knows nothing of earlier writes, and the wall clock may have gone back. */
    private void observe(Outline present) {
        for (Mark version : present.marks()) {
            clock.observe(version.timestamp(), draft.now().wallMillis());
        }
    }

    /** What this incarnation has applied from others since its last write; everything, at its first. */
    private VersionVector newDependencies() {
        VersionVector now = applied.promised();
        if (now.equals(seenAtLastWrite)) {
            return VersionVector.empty();
        }
        return now.newSince(seenAtLastWrite).without(incarnation::equals);
    }

    private Optional<Reply> refuse(WriteRequested request, Outline present) {
        WriteCondition condition = request.condition();
        if (condition instanceof WriteCondition.IfAbsent && !present.isAbsent()) {
            return refuse(
                    Refusal.PRECONDITION_FAILED,
                    "the key " + request.key() + " holds a value already: read it and write with its context");
        }
        if (condition instanceof WriteCondition.IfCurrent current && !isCurrent(current.context(), present)) {
            return refuse(
                    Refusal.PRECONDITION_FAILED,
                    "the key " + request.key() + " has changed since that context was read: read it again");
        }
        if (condition instanceof WriteCondition.Seen) {
            return refuseTooMany(
                    request.key(),
                    present.size() - replacedBy(condition, present).size() + 1);
        }
        return Optional.empty();
    }

    private Optional<Reply> refuseTooMany(RecordKey key, int left) {
        if (left > siblingLimit) {
            return refuse(
                    Refusal.TOO_MANY_SIBLINGS,
                    "the key " + key + " would have " + left + " siblings, and the limit is " + siblingLimit
                            + ": read it, resolve them, and write with the context of that read");
        }
        return Optional.empty();
    }

    private static Optional<Reply> refuse(Refusal reason, String detail) {
        return Optional.of(new Reply.Refused(reason, detail));
    }

    /** What the write replaces and the deletions it supersedes anyway, so that no line of versions is interrupted. */
    private static List<Dot> withDeletions(List<Dot> replaced, Outline present) {
        return present.marks().stream()
                .filter(version -> version.tombstone() || replaced.contains(version.dot()))
                .map(Mark::dot)
                .toList();
    }

    /** A purged deletion leaves nothing, so a context of deletions alone is current where nothing is. */
    private static boolean isCurrent(CausalContext context, Outline present) {
        if (present.isEmpty()) {
            return context.absent();
        }
        return present.dots().equals(context.dots());
    }

    private static List<Dot> replacedBy(WriteCondition condition, Outline present) {
        if (condition instanceof WriteCondition.Seen seen) {
            return present.dotsIn(seen.context());
        }
        return present.dots();
    }
}
