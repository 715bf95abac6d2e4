package io.entente.conflict.version;

/**
 * One walk over two vectors in step, which says who dominates whom, and their join when it is asked for.
 *
 * <p>The walk allocates nothing but this object, which escape analysis removes where it stays local.
 */
final class VectorMerge {

    private final VersionVector left;
    private final VersionVector right;
    private boolean leftDominates = true;
    private boolean rightDominates = true;
    private int unionSize;

    private VectorMerge(VersionVector left, VersionVector right) {
        this.left = left;
        this.right = right;
    }

    static VectorMerge of(VersionVector left, VersionVector right) {
        VectorMerge merge = new VectorMerge(left, right);
        if (left.origins() == right.origins()) {
            merge.walkSequences(left.sequences(), right.sequences());
        } else {
            merge.walkComponents(left.origins(), right.origins());
        }
        return merge;
    }

    /** Whether {@code high} is at least {@code low} in every origin; ends at the first that decides. */
    static boolean dominates(VersionVector high, VersionVector low) {
        Origin[] wide = high.origins();
        Origin[] narrow = low.origins();
        if (narrow.length > wide.length) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < narrow.length; i++, at++) {
            at = wide == narrow ? i : positionOf(narrow[i], wide, at);
            if (at == wide.length || high.sequenceAt(at) < low.sequenceAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where {@code origin} is in {@code ascending} from {@code from} on; the length when it isn't there. */
    private static int positionOf(Origin origin, Origin[] ascending, int from) {
        for (int at = from; at < ascending.length; at++) {
            int order = ascending[at].compareTo(origin);
            if (order >= 0) {
                return order == 0 ? at : ascending.length;
            }
        }
        return ascending.length;
    }

    /** Whether the left vector is at least the right one in every origin. */
    boolean leftDominates() {
        return leftDominates;
    }

    /** Whether the right vector is at least the left one in every origin. */
    boolean rightDominates() {
        return rightDominates;
    }

    private void walkSequences(long[] mine, long[] theirs) {
        for (int i = 0; i < mine.length; i++) {
            note(mine[i], theirs[i]);
        }
    }

    private void walkComponents(Origin[] mine, Origin[] theirs) {
        int i = 0;
        int j = 0;
        while (i < mine.length && j < theirs.length) {
            int order = mine[i].compareTo(theirs[j]);
            note(order <= 0 ? left.sequenceAt(i) : 0, order >= 0 ? right.sequenceAt(j) : 0);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        leftDominates &= j == theirs.length;
        rightDominates &= i == mine.length;
        unionSize += mine.length - i + theirs.length - j;
    }

    private void note(long mine, long theirs) {
        leftDominates &= mine >= theirs;
        rightDominates &= theirs >= mine;
        unionSize++;
    }

    /** The union of both: an argument that dominates the other, else a vector that shares what origins it can. */
    VersionVector join() {
        if (leftDominates) {
            return left;
        }
        if (rightDominates) {
            return right;
        }
        if (unionSize == left.size()) {
            return new VersionVector(left.origins(), raised(left, right));
        }
        if (unionSize == right.size()) {
            return new VersionVector(right.origins(), raised(right, left));
        }
        return union();
    }

    /** The sequences of {@code wide}, whose origins include those of {@code narrow}, raised to the latter's. */
    private static long[] raised(VersionVector wide, VersionVector narrow) {
        long[] sequences = wide.sequences().clone();
        int at = 0;
        for (int i = 0; i < narrow.size(); i++) {
            while (wide.originAt(at).compareTo(narrow.originAt(i)) < 0) {
                at++;
            }
            sequences[at] = Math.max(sequences[at], narrow.sequenceAt(i));
        }
        return sequences;
    }

    private VersionVector union() {
        Origin[] origins = new Origin[unionSize];
        long[] sequences = new long[unionSize];
        int i = 0;
        int j = 0;
        for (int at = 0; at < unionSize; at++) {
            int order = order(i, j);
            origins[at] = order <= 0 ? left.originAt(i) : right.originAt(j);
            sequences[at] = Math.max(order <= 0 ? left.sequenceAt(i) : 0, order >= 0 ? right.sequenceAt(j) : 0);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return new VersionVector(origins, sequences);
    }

    /** Which of the next components comes first; an exhausted side comes last. */
    private int order(int i, int j) {
        if (i == left.size()) {
            return 1;
        }
        return j == right.size() ? -1 : left.originAt(i).compareTo(right.originAt(j));
    }
}
