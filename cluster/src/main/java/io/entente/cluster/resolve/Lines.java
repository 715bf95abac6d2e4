package io.entente.cluster.resolve;

import java.util.List;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;

/**
 * A text as the lines between its line feeds; after a line feed at the end comes an empty line, so that nothing is lost and a text
 * without one at the end can be added to. Immutable.
 */
final class Lines extends Sequence {

    private static final String LINE_FEED = "\n";

    private final List<String> lines;

    Lines(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    static Lines of(String text) {
        return new Lines(List.of(text.split(LINE_FEED, -1)));
    }

    /** Some of the lines. */
    List<String> from(int begin, int end) {
        return lines.subList(begin, end);
    }

    String text() {
        return String.join(LINE_FEED, lines);
    }

    @Override
    public int size() {
        return lines.size();
    }

    /** Lines are the same when all their characters are. */
    static final class Comparison extends SequenceComparator<Lines> {

        @Override
        public boolean equals(Lines a, int ofA, Lines b, int ofB) {
            return a.lines.get(ofA).equals(b.lines.get(ofB));
        }

        @Override
        public int hash(Lines of, int line) {
            return of.lines.get(line).hashCode();
        }
    }
}
