package io.entente.core.replica;

import io.entente.core.effect.Effect.Severity;
import java.time.Duration;
import java.util.Optional;

/** Watches how a snapshot is fetched and merged: how far it is, how fast, and how long it may take. Tells so now and then. */
final class JoinProgress {

    private static final long TELL_EVERY_NANOS = 15_000_000_000L;

    /** The rate is that of the last one to two of these. */
    private static final long RATE_OVER_NANOS = 4_000_000_000L;

    private static final int MOST_PERCENT = 99;

    private final ReplicaSettings settings;
    private final SnapshotFetch fetch;
    private final SnapshotMerge merge;
    private final Draft draft;
    private Optional<SnapshotProgress> last = Optional.empty();
    private long lastDone;
    private long toldNanos;
    private Sample older = new Sample(0, 0);
    private Sample younger = new Sample(0, 0);

    JoinProgress(ReplicaSettings settings, SnapshotFetch fetch, SnapshotMerge merge, Draft draft) {
        this.settings = settings;
        this.fetch = fetch;
        this.merge = merge;
        this.draft = draft;
    }

    /** How far this replica is with a snapshot; empty when there is none. */
    Optional<SnapshotProgress> last() {
        return last;
    }

    /** Time has gone on. */
    void review() {
        boolean merges = merge.isUnderWay();
        if (!merges && fetch.source().isEmpty()) {
            last = Optional.empty();
            return;
        }
        long now = draft.now().monotonicNanos();
        long total = merges ? merge.totalBytes() : fetch.totalBytes();
        long done = merges ? total + merge.mergedBytes() : fetch.bytes();
        if (last.isEmpty() || done < lastDone) {
            begin(now, done);
        } else if (now - younger.nanos >= RATE_OVER_NANOS) {
            older = younger;
            younger = new Sample(now, done);
        }
        lastDone = done;
        last = Optional.of(progress(now, done, total, merges));
        if (now - toldNanos >= TELL_EVERY_NANOS) {
            toldNanos = now;
            draft.tell(Severity.NOTICE, "partition " + settings.partition() + " " + last.get());
        }
    }

    private void begin(long now, long done) {
        last = Optional.empty();
        older = new Sample(now, done);
        younger = older;
        toldNanos = now;
    }

    private SnapshotProgress progress(long now, long done, long total, boolean merges) {
        long work = 2 * total;
        int percent = work == 0 ? 0 : (int) Math.min(MOST_PERCENT, 100 * done / work);
        long elapsed = now - older.nanos;
        long perSecond = elapsed <= 0 ? 0 : (long) ((done - older.done) * 1e9 / elapsed);
        return new SnapshotProgress(
                fetch.source(),
                merges ? Math.min(total, merge.mergedBytes()) : done,
                total,
                Math.max(percent, last.map(SnapshotProgress::percent).orElse(0)),
                perSecond,
                perSecond == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofSeconds(Math.max(0, work - done) / perSecond)));
    }

    /** So much was done by then. */
    private record Sample(long nanos, long done) {}
}
