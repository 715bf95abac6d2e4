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
 */
record Outline(List<Mark> marks) {

    private static final Outline ABSENT = new Outline(List.of());

    Outline {
        marks = List.copyOf(marks);
    }

    static Outline of(Siblings siblings) {
        List<Sibling> versions = siblings.versions();
        return switch (versions.size()) {
            case 0 -> ABSENT;
            case 1 -> new Outline(List.of(Mark.of(versions.get(0))));
            default -> new Outline(versions.stream().map(Mark::of).toList());
        };
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

    /**
     * One version without its content.
     *
     * @param dot the write's identity
     * @param timestamp its hybrid timestamp
     * @param tombstone whether it is a deletion
     */
    record Mark(Dot dot, HybridTimestamp timestamp, boolean tombstone) {

        static Mark of(Sibling version) {
            return new Mark(version.dot(), version.timestamp(), version.isTombstone());
        }
    }
}
