package io.entente.core.replica;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.event.Event.SalvageRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.WriteCondition;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.Salvageable;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a write anew that only a directory put aside has. That it is made goes in the same batch as the write, so whatever crashes it is made
 * once, as long as this replica's store doesn't lose that batch.
 */
final class SalvagePath {

    private final StoreReader store;
    private final StoreKeys keys;
    private final AppliedState applied;
    private final Admission admission;
    private final WritePath writePath;
    private final Draft draft;

    /** The old dots that this start has made anew: their rows may not be committed yet. */
    private final Set<Dot> done = new HashSet<>();

    SalvagePath(
            StoreReader store,
            StoreKeys keys,
            AppliedState applied,
            Admission admission,
            WritePath writePath,
            Draft draft) {
        this.store = store;
        this.keys = keys;
        this.applied = applied;
        this.admission = admission;
        this.writePath = writePath;
        this.draft = draft;
    }

    /** Answers with what was written; with acceptance alone where it was written before, or is not lost at all. */
    void salvage(SalvageRequested request) {
        draft.answer(request.id(), reply(request));
    }

    private Reply reply(SalvageRequested request) {
        Salvageable lost = request.write();
        Optional<String> obstacle = admission.waitsFor();
        if (obstacle.isPresent()) {
            return new Reply.Refused(Refusal.NOT_ADMITTED, obstacle.get());
        }
        var row = keys.salvaged(lost.dot().origin(), lost.dot().sequence());
        if (applied.promised().contains(lost.dot())
                || done.contains(lost.dot())
                || store.get(Table.META, row).isPresent()) {
            return new Reply.Accepted();
        }
        Reply reply = writePath.write(anew(request));
        if (reply instanceof Reply.Written written) {
            done.add(lost.dot());
            ByteWriter out = new ByteWriter();
            OriginCodec.write(out, written.dot().origin());
            draft.batch().put(Table.META, row, out.i64(written.dot().sequence()).take());
        }
        return reply;
    }

    /** With the context it had: what it replaced it replaces, and everything else is concurrent with it. */
    private WriteRequested anew(SalvageRequested request) {
        Salvageable lost = request.write();
        List<Dot> seen =
                lost.seen().stream().filter(applied.promised()::contains).toList();
        boolean operates = lost.payload() instanceof Payload.Operations;
        return new WriteRequested(
                request.id(),
                lost.key(),
                lost.payload(),
                operates ? WriteCondition.none() : WriteCondition.seen(CausalContext.of(seen, seen.isEmpty())),
                WriteConcern.async(),
                Duration.ZERO,
                lost.isKept());
    }
}
