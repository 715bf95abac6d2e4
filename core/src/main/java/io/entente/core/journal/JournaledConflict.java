package io.entente.core.journal;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.core.record.Ancestry;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A conflict as its journal has it.
 *
 * @param position where it stands in its replica's journal, at least 1
 * @param id what it is called at every replica
 * @param key the record
 * @param siblings the concurrent versions in the order of their dots, at least two, at least one of them a value
 * @param ancestor the version they all descend from, where the replica kept one
 * @param extended the conflict that the key was in just before, at this replica
 * @param atMillis when the replica saw it, by its wall clock, in milliseconds since 1970
 */
public record JournaledConflict(
        long position,
        ConflictId id,
        RecordKey key,
        List<JournaledVersion> siblings,
        Optional<JournaledVersion> ancestor,
        Optional<ConflictId> extended,
        long atMillis) {

    public JournaledConflict {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(key, "key");
        siblings = List.copyOf(siblings);
        Objects.requireNonNull(ancestor, "ancestor");
        Objects.requireNonNull(extended, "extended");
    }

    /** Whether a record is in conflict: it has several versions, and not only deletions. */
    public static boolean isIn(Siblings record) {
        return record.size() > 1 && !record.isAbsent();
    }

    /** The dots of all siblings, in order. */
    public List<Dot> dots() {
        return siblings.stream().map(JournaledVersion::dot).toList();
    }

    /** What a client that was shown this conflict has seen: a write with it supersedes just these siblings. */
    public CausalContext context() {
        return CausalContext.of(dots(), false);
    }

    /** The record with its siblings and their ancestor; empty where one of them was too large for the journal. */
    public Optional<Siblings> record() {
        List<Sibling> versions = new ArrayList<>(siblings.size());
        for (JournaledVersion version : siblings) {
            version.sibling().ifPresent(versions::add);
        }
        if (versions.size() < siblings.size()) {
            return Optional.empty();
        }
        return ancestor.isEmpty()
                ? Optional.of(new Siblings(versions))
                : ancestor.get().sibling().map(common -> new Siblings(versions, Ancestry.of(common, dots())));
    }
}
