package io.entente.cluster.resolve;

import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.MyersDiff;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;

/**
 * JGit's histogram diff with a bound on what it costs.
 *
 * <p>Where all common lines of a region occur many times, it falls back to Myers' algorithm, whose cost grows with the square of the region: minutes for
 * a value of a megabyte that somebody made for that. A region of more than {@value #MOST_LINES} lines counts as replaced as a whole instead: the
 * merge is coarser there, and as safe. Thread-safe.
 */
final class LineDiff extends DiffAlgorithm {

    static final int MOST_LINES = 1_000;

    private final HistogramDiff histogram = new HistogramDiff();

    LineDiff() {
        histogram.setFallbackAlgorithm(new Bounded());
    }

    @Override
    public <S extends Sequence> EditList diffNonCommon(SequenceComparator<? super S> comparison, S a, S b) {
        return histogram.diffNonCommon(comparison, a, b);
    }

    private static final class Bounded extends DiffAlgorithm {

        @Override
        public <S extends Sequence> EditList diffNonCommon(SequenceComparator<? super S> comparison, S a, S b) {
            return a.size() + b.size() > MOST_LINES
                    ? EditList.singleton(new Edit(0, a.size(), 0, b.size()))
                    : MyersDiff.INSTANCE.diffNonCommon(comparison, a, b);
        }
    }
}
