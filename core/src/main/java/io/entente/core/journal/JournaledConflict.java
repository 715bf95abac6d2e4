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
 * @param ancestors the newest versions they all descend from, as far as the replica kept any, in the order of their dots: one, or several
 *     where lines crossed
 * @param extended the conflict that the key was in just before, at this replica
 * @param atMillis when the replica saw it, by its wall clock, in milliseconds since 1970
 */
public record JournaledConflict(
        long position,
        ConflictId id,
        RecordKey key,
        List<JournaledVersion> siblings,
        List<JournaledVersion> ancestors,
        Optional<ConflictId> extended,
        long atMillis) {

    public JournaledConflict {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(key, "key");
        siblings = List.copyOf(siblings);
        ancestors = List.copyOf(ancestors);
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

    /** Whether lines crossed: there are several ancestors, and what these descend from isn't journaled. */
    public boolean isCrossed() {
        return ancestors.size() > 1;
    }

    /**
     * The record with its siblings and their ancestor, where there is one; empty where one of them was too large for the journal. Not for
     * resolvers that ask for the ancestor where lines crossed.
     */
    public Optional<Siblings> record() {
        List<Sibling> versions = new ArrayList<>(siblings.size());
        for (JournaledVersion version : siblings) {
            version.sibling().ifPresent(versions::add);
        }
        if (versions.size() < siblings.size()) {
            return Optional.empty();
        }
        return ancestors.size() == 1
                ? ancestors.get(0).sibling().map(common -> new Siblings(versions, Ancestry.of(common, dots())))
                : Optional.of(new Siblings(versions));
    }
}
