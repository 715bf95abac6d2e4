package io.entente.core.replica;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.util.List;

/**
 * A record without its contents: all that a write has to know of what it replaces.
 *
 * @param marks the versions, in the order of their dots; none for an absent record
 * @param keeps whether superseded versions are kept beside them
 */
record Outline(List<Mark> marks, boolean keeps) {

    private static final Outline ABSENT = new Outline(List.of(), false);

    Outline {
        marks = List.copyOf(marks);
    }

    static Outline of(Siblings siblings) {
        List<Sibling> versions = siblings.versions();
        return switch (versions.size()) {
            case 0 -> ABSENT;
            case 1 -> new Outline(List.of(mark(versions.get(0), siblings)), siblings.keeps());
            default ->
                new Outline(
                        versions.stream()
                                .map(version -> mark(version, siblings))
                                .toList(),
                        siblings.keeps());
        };
    }

    private static Mark mark(Sibling version, Siblings of) {
        return new Mark(
                version.dot(),
                version.timestamp(),
                version.isTombstone(),
                of.ancestry().lineage().knows(version.dot()));
    }

    int size() {
        return marks.size();
    }

    /** Whether there is no version at all. */
    boolean isEmpty() {
        return marks.isEmpty();
    }

    /** Whether no version holds a value. */
    boolean isAbsent() {
        for (Mark mark : marks) {
            if (!mark.tombstone()) {
                return false;
            }
        }
        return true;
    }

    /** The dots of all versions, in order. */
    List<Dot> dots() {
        return switch (marks.size()) {
            case 0 -> List.of();
            case 1 -> List.of(marks.get(0).dot());
            default -> marks.stream().map(Mark::dot).toList();
        };
    }

    /** The dots that a context has seen, in order. */
    List<Dot> dotsIn(CausalContext context) {
        return dots().stream().filter(context::contains).toList();
    }

    /** Whether something of superseded versions is kept, or is to be kept. */
    boolean hasAncestry() {
        return keeps || marks.stream().anyMatch(Mark::kept);
    }

    /** Whether superseded versions are kept beside a single one: they are needed no longer than until that one is stable. */
    boolean keepsForLate() {
        return keeps && marks.size() == 1;
    }

    /**
     * Whether a write that replaces these versions is to be kept although its map doesn't ask for that: else it would hide what
     * they descend from while others may still need it.
     */
    boolean handsKeepingOn(List<Dot> replaced) {
        return keeps && marks.stream().anyMatch(mark -> mark.kept() && replaced.contains(mark.dot()));
    }

    /**
     * One version without its content.
     *
     * @param dot the write's identity
     * @param timestamp its hybrid timestamp
     * @param tombstone whether it is a deletion
     * @param kept whether it is kept when it is superseded
     */
    record Mark(Dot dot, HybridTimestamp timestamp, boolean tombstone, boolean kept) {}
}
