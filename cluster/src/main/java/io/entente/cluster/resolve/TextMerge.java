package io.entente.cluster.resolve;

import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Version;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeChunk.ConflictState;
import org.eclipse.jgit.merge.MergeResult;

/**
 * Merges texts line by line with Git's algorithm as JGit has it; {@link DocumentResolvers#textMerge} says by which rules.
 *
 * <p>Two texts are merged at a time: those of more siblings in the order in which they were written, each against the ancestor.
 */
final class TextMerge<V> implements ConflictResolver<V> {

    private final TextConflicts conflicts;
    private final TextForm<V> form;

    TextMerge(TextConflicts conflicts, TextForm<V> form) {
        this.conflicts = conflicts;
        this.form = form;
    }

    @Override
    public Resolution<V> resolve(Conflict<V> conflict) {
        Changes<V> changes = Changes.of(conflict, this::same).overDeletions();
        Optional<Version<V>> undisputed = changes.undisputed();
        if (undisputed.isPresent()) {
            return Resolution.pick(undisputed.get());
        }
        Conflict<V> dispute = changes.dispute();
        Version<V> last = dispute.lastWritten();
        boolean texts =
                dispute.siblings().stream().allMatch(version -> textOf(version).isPresent());
        return texts ? merged(dispute, last) : Resolution.pick(last);
    }

    private Resolution<V> merged(Conflict<V> texts, Version<V> last) {
        String merged = merge(texts);
        return texts.siblings().stream()
                .filter(version -> textOf(version).orElseThrow().equals(merged))
                .max(Version.byTime())
                .map(Resolution::pick)
                .orElseGet(() -> Resolution.merged(form.withText(last.value().orElseThrow(), merged)));
    }

    private String merge(Conflict<V> texts) {
        Lines base = Lines.of(texts.ancestor().flatMap(this::textOf).orElse(""));
        Iterator<Map.Entry<String, String>> sides = sidesOf(texts).entrySet().iterator();
        Map.Entry<String, String> first = sides.next();
        Lines merged = Lines.of(first.getKey());
        String names = first.getValue();
        while (sides.hasNext()) {
            Map.Entry<String, String> next = sides.next();
            merged = new Merge(names, next.getValue()).of(base, merged, Lines.of(next.getKey()));
            names += "+" + next.getValue();
        }
        return merged.text();
    }

    /** The texts in the order in which they were written, a text that several wrote at its last place; each with a data center of it. */
    private Map<String, String> sidesOf(Conflict<V> texts) {
        List<Version<V>> byTime = new ArrayList<>(texts.siblings());
        byTime.sort(Version.byTime());
        Map<String, String> sides = new LinkedHashMap<>();
        for (Version<V> version : byTime) {
            String text = textOf(version).orElseThrow();
            sides.remove(text);
            sides.put(text, version.dataCenter());
        }
        return sides;
    }

    private Optional<String> textOf(Version<V> version) {
        return version.value().flatMap(form::textOf);
    }

    private boolean same(V a, V b) {
        Optional<String> textOfA = form.textOf(a);
        return textOfA.isPresent() ? textOfA.equals(form.textOf(b)) : a.equals(b);
    }

    /** A merge of two texts: what is told of each side in markers, and what has been put together. */
    private final class Merge {

        private final String earlier;
        private final String later;
        private final List<String> lines = new ArrayList<>();

        private Merge(String earlier, String later) {
            this.earlier = earlier;
            this.later = later;
        }

        private Lines of(Lines base, Lines ours, Lines theirs) {
            MergeResult<Lines> result =
                    new MergeAlgorithm(new LineDiff()).merge(new Lines.Comparison(), base, ours, theirs);
            for (MergeChunk chunk : result) {
                // What both have replaced is of no interest, and its bounds may be the wrong way round.
                if (chunk.getConflictState() != ConflictState.BASE_CONFLICTING_RANGE) {
                    Lines side = result.getSequences().get(chunk.getSequenceIndex());
                    add(chunk.getConflictState(), side.from(chunk.getBegin(), chunk.getEnd()));
                }
            }
            return new Lines(lines);
        }

        private void add(ConflictState state, List<String> chunk) {
            boolean earlierOnes = state == ConflictState.FIRST_CONFLICTING_RANGE;
            boolean laterOnes = state == ConflictState.NEXT_CONFLICTING_RANGE;
            if (earlierOnes && conflicts == TextConflicts.LATER) {
                return;
            }
            if (earlierOnes) {
                mark("<<<<<<< " + earlier);
            }
            if (laterOnes) {
                mark("=======");
            }
            lines.addAll(chunk);
            if (laterOnes) {
                mark(">>>>>>> " + later);
            }
        }

        private void mark(String marker) {
            if (conflicts == TextConflicts.MARKED) {
                lines.add(marker);
            }
        }
    }

    @Override
    public String name() {
        return conflicts == TextConflicts.BOTH ? "text-merge" : "text-merge(" + conflicts.word() + ")";
    }

    @Override
    public boolean needsAncestor() {
        return true;
    }
}
