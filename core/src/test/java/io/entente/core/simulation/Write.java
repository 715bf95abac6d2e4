package io.entente.core.simulation;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.core.message.NodeId;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import java.util.BitSet;
import java.util.Optional;

/** A write as the ledger knows it: what it wrote, and all that its origin had when it wrote it. */
final class Write {

    final int number;
    final Dot dot;
    final RecordKey key;
    final Payload payload;
    final HybridTimestamp timestamp;

    /** The numbers of all writes in its causal past. */
    final BitSet past;

    /** What its client had seen; empty when it was to replace whatever its origin had. */
    final Optional<CausalContext> seen;

    /** Whether it is kept as an ancestor when it is superseded. */
    final boolean isKept;

    /** The numbers of the kept writes that it replaced. */
    final BitSet replaced = new BitSet();

    /** The numbers of all kept writes that it descends from. */
    final BitSet descent = new BitSet();

    /** Whether it superseded one that bears a later time. */
    boolean replacedLaterTime;

    /** The numbers of the writes known so far that supersede it. */
    final BitSet supersededBy = new BitSet();

    /** Whose disks had it when its client was told that it is written; empty as long as nobody was told. */
    Optional<java.util.Set<NodeId>> holdersWhenAcknowledged = Optional.empty();

    Write(int number, Dot dot, Content content, BitSet past, Origination origination) {
        this.number = number;
        this.dot = dot;
        this.key = content.key();
        this.payload = content.payload();
        this.timestamp = content.timestamp();
        this.past = past;
        this.seen = origination.seen();
        this.isKept = origination.isKept();
    }

    /** What a dot stands for. */
    record Content(RecordKey key, Payload payload, HybridTimestamp timestamp) {}

    /** What its client had seen, and whether it is kept. */
    record Origination(Optional<CausalContext> seen, boolean isKept) {}

    Content content() {
        return new Content(key, payload, timestamp);
    }

    /** Whether it operates on parts of a mergeable value. */
    boolean isOperation() {
        return payload instanceof Payload.Operations;
    }

    /** What it leaves at its key. */
    Sibling version() {
        return new Sibling(dot, timestamp, payload);
    }

    /** Whether a replica that applies this write is to drop the other one of the same key. */
    boolean supersedes(Write other) {
        if (!past.get(other.number)) {
            return false;
        }
        return seen.isEmpty() || other.payload.isDeletion() || seen.get().contains(other.dot);
    }

    @Override
    public String toString() {
        if (payload instanceof Payload.Operations operations) {
            return dot + " (" + key + ": " + operations.operations() + ")";
        }
        return dot + " (" + key + " := "
                + (payload instanceof Payload.Value value ? value.content().utf8() : "deleted") + ")";
    }
}
