package io.entente.core.replica;

import io.entente.core.record.RecordKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys at which a step changes what readers find, told to those who follow maps once the step is durable. Changes that come and go within one
 * step were seen by nobody; so a key is told once a commit, however often it was written.
 *
 * <p>What a merge of a snapshot changes is told too, each key when it is merged; whoever reads in order to see it has to reach the snapshot's vector.
 */
final class Changes {

    private final AppliedState applied;
    private final Draft draft;
    private final Set<RecordKey> changed = new LinkedHashSet<>();

    Changes(AppliedState applied, Draft draft) {
        this.applied = applied;
        this.draft = draft;
    }

    /** Readers find something else at that key once this step is durable. */
    void note(RecordKey key) {
        changed.add(key);
    }

    /** Ends a step, when its batch is complete. */
    void publish() {
        if (!changed.isEmpty()) {
            draft.publish(List.copyOf(changed), applied.seen());
            changed.clear();
        }
    }
}
