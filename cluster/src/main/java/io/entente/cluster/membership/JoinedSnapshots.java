package io.entente.cluster.membership;

import io.entente.core.replica.SnapshotProgress;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The snapshots that a node's replicas join at about the same time, as one: from the first replica that needs one until none does. Those
 * that are done go on counting meanwhile, so that the percentage only rises. Confined to one actor.
 */
final class JoinedSnapshots {

    private static final int MOST_PERCENT = 99;

    private final SortedMap<Integer, SnapshotProgress> known = new TreeMap<>();
    private int percent;

    /**
     * How far they are, as a sentence; empty when there are none.
     *
     * @param joining by partition, those that are under way now
     */
    Optional<String> now(SortedMap<Integer, SnapshotProgress> joining) {
        if (joining.isEmpty()) {
            known.clear();
            percent = 0;
            return Optional.empty();
        }
        known.putAll(joining);
        percent = Math.max(percent, Math.min(MOST_PERCENT, percentOf(joining)));
        String from = joining.values().stream()
                .flatMap(progress -> progress.source().stream())
                .map(Object::toString)
                .distinct()
                .reduce((a, b) -> a + " and " + b)
                .map(sources -> " from " + sources)
                .orElse("");
        return Optional.of(
                joining.size() + (joining.size() == 1 ? " replica joins a snapshot" : " replicas join snapshots") + from
                        + ": " + percent + " %" + details(joining));
    }

    private int percentOf(Map<Integer, SnapshotProgress> joining) {
        double work = 0;
        double done = 0;
        for (Map.Entry<Integer, SnapshotProgress> each : known.entrySet()) {
            double weight = Math.max(1, each.getValue().totalBytes());
            work += weight;
            done += weight
                    * (joining.containsKey(each.getKey()) ? each.getValue().percent() : 100)
                    / 100;
        }
        return (int) (100 * done / work);
    }

    private static String details(SortedMap<Integer, SnapshotProgress> joining) {
        long total = 0;
        long perSecond = 0;
        for (SnapshotProgress progress : joining.values()) {
            total += progress.totalBytes();
            perSecond += progress.bytesPerSecond();
        }
        if (total == 0) {
            return "";
        }
        String size = " of about " + SnapshotProgress.mebibytes(total) + " MiB";
        Optional<Duration> left = joining.values().stream()
                .flatMap(progress -> progress.left().stream())
                .max(Comparator.naturalOrder());
        return left.isEmpty()
                ? size
                : size + ", " + SnapshotProgress.mebibytes(perSecond) + " MiB/s, " + SnapshotProgress.text(left.get())
                        + " left";
    }
}
