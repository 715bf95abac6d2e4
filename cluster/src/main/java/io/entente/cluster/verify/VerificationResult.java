package io.entente.cluster.verify;

import io.entente.core.message.Digest;
import io.entente.core.repair.Difference.Outcome;
import io.entente.core.repair.VerificationReport;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the verifications of a node's partitions have found.
 *
 * @param node the node whose replicas were compared with the others
 * @param partitions by partition, what was found
 * @param failed by partition, why it was not verified, as a sentence
 * @param notHeld the partitions that this node has no copy of: ask a node that has
 */
public record VerificationResult(
        String node,
        SortedMap<Integer, VerificationReport> partitions,
        SortedMap<Integer, String> failed,
        SortedSet<Integer> notHeld) {

    public VerificationResult {
        Objects.requireNonNull(node, "node");
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
        notHeld = Collections.unmodifiableSortedSet(new TreeSet<>(notHeld));
    }

    /** What it all amounts to. */
    public Verdict verdict() {
        if (differences() > 0) {
            return unrepaired() == 0 ? Verdict.REPAIRED : Verdict.DIFFERENT;
        }
        boolean complete = failed.isEmpty()
                && notHeld.isEmpty()
                && partitions.values().stream().allMatch(VerificationReport::provesEquality);
        return complete ? Verdict.EQUAL : Verdict.INCOMPLETE;
    }

    /** How many rows were compared. */
    public long rows() {
        return partitions.values().stream().mapToLong(VerificationReport::rows).sum();
    }

    /** How many rows were left out, since they were written to meanwhile. */
    public long movedOn() {
        return partitions.values().stream()
                .mapToLong(VerificationReport::movedOn)
                .sum();
    }

    /** How many rows differed. */
    public long differences() {
        return partitions.values().stream()
                .mapToLong(VerificationReport::differences)
                .sum();
    }

    /** How many of the differences that are named are there still. */
    public long unrepaired() {
        return partitions.values().stream()
                .flatMap(report -> report.named().stream())
                .filter(difference -> difference.outcome() != Outcome.REPAIRED)
                .count();
    }

    /** What the rows amount to. */
    public Digest digest() {
        return partitions.values().stream().map(VerificationReport::digest).reduce(Digest.none(), Digest::plus);
    }

    /** This result and that of another node, for partitions that this one doesn't hold. */
    public VerificationResult with(VerificationResult other) {
        SortedMap<Integer, VerificationReport> reports = new TreeMap<>(other.partitions);
        reports.putAll(partitions);
        SortedMap<Integer, String> failures = new TreeMap<>(other.failed);
        failures.putAll(failed);
        failures.keySet().removeAll(reports.keySet());
        SortedSet<Integer> left = new TreeSet<>(notHeld);
        left.removeAll(reports.keySet());
        left.removeAll(failures.keySet());
        return new VerificationResult(node + ", " + other.node, reports, failures, left);
    }

    /** What verifications amount to. */
    public enum Verdict {
        /** All copies of all partitions hold the same, but for rows that were written to meanwhile. */
        EQUAL,
        /** Nothing differs, but some copy, or a partition, was not compared. */
        INCOMPLETE,
        /** Some rows differed, and are now as most have them. */
        REPAIRED,
        /** Some rows differ still. */
        DIFFERENT
    }
}
