package io.entente.core.replica;

import io.entente.core.journal.ConflictId;
import io.entente.core.journal.ConflictJournal;
import io.entente.core.journal.JournaledConflict;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import io.entente.core.store.WriteBatch;
import java.util.Optional;

/**
 * Journals the conflicts that a step leaves, in the step's own batch: what the disk shows, the journal has. Conflicts that come and go
 * within one step are seen by nobody and not journaled, so a key costs one row a commit however often it is written.
 */
final class Conflicts {

    private final ConflictJournal journal;
    private final Draft draft;

    Conflicts(ConflictJournal journal, Draft draft) {
        this.journal = journal;
        this.draft = draft;
    }

    /** A step has changed a record, or what is kept beside it; called once a record. */
    void changed(RecordKey key, Outline before, Siblings now) {
        if (JournaledConflict.isIn(now) && !now.dots().equals(before.dots())) {
            Optional<ConflictId> extended =
                    wasConflict(before) ? Optional.of(ConflictId.of(key, before.dots())) : Optional.empty();
            draft.announce(journal.add(key, now, extended, draft.now().wallMillis()));
        }
    }

    private static boolean wasConflict(Outline record) {
        return record.size() > 1 && !record.isAbsent();
    }

    void flush(WriteBatch batch) {
        journal.flush(batch);
    }
}
