package io.entente.core.replica;

import io.entente.conflict.clock.HybridClock;
import io.entente.core.message.EncodedEntry;
import io.entente.core.message.Entry;
import io.entente.core.record.Payload;
import io.entente.core.replica.Outline.Mark;

/**
 * Applies an entry, local or replicated: log, record and vector change together (invariants I1 to I3).
 *
 * <p>The one place where entries become siblings; operations on parts of mergeable values are for {@link PartApplication}.
 */
final class Application {

    private final AppliedState applied;
    private final Records records;
    private final PartApplication parts;
    private final EntryLog log;
    private final HybridClock clock;
    private final Draft draft;

    Application(
            AppliedState applied,
            Records records,
            PartApplication parts,
            EntryLog log,
            HybridClock clock,
            Draft draft) {
        this.applied = applied;
        this.records = records;
        this.parts = parts;
        this.log = log;
        this.clock = clock;
        this.draft = draft;
    }

    void apply(EncodedEntry encoded) {
        Entry entry = encoded.entry();
        if (!applied.isNext(entry.dot()) || !applied.covers(entry)) {
            throw new IllegalStateException("the entry " + entry.dot() + " is not applicable at " + applied.vector());
        }
        log.append(encoded, draft.batch());
        applied.advance(entry);
        if (entry.payload() instanceof Payload.Operations operations) {
            parts.apply(entry, operations);
        } else {
            records.supersede(entry, version -> isSuperseded(version, entry));
        }
        clock.observe(entry.timestamp(), draft.now().wallMillis());
    }

    /**
     * A write supersedes what it names, and every tombstone in its causal past: were those kept beside later writes, a purged
     * and an unpurged replica would come to differ.
     */
    private boolean isSuperseded(Mark version, Entry by) {
        return by.replaces().contains(version.dot())
                || (version.tombstone() && applied.hadSeen(by.dot(), version.dot()));
    }
}
