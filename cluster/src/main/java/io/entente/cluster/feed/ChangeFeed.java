package io.entente.cluster.feed;

import io.entente.conflict.version.VersionVector;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The changes of the partitions that a node holds, as its replicas commit them, for followers that begin now or where they were. A position names a
 * run of the node and a number in it: after a restart, or when the change log doesn't reach back that far, it can't be gone on from, and whoever
 * follows reads anew what there is.
 *
 * <p>Thread-safe; nothing blocks. Memory is bounded by the {@linkplain ChangeLog change log}, and by a batch for each follower.
 */
public final class ChangeFeed implements AutoCloseable {

    /** How many may follow at once; one more is refused. */
    public static final int MOST_FOLLOWERS = 128;

    /** So many changes of other keys are passed over before a follower's position is told anew. */
    private static final int PASSED_SILENTLY = 1_000;

    /** How many values are read ahead of a follower: each may have a megabyte. */
    private static final int MOST_AHEAD = 4;

    private final String run;
    private final ChangeLog log;
    private final Supplier<? extends Optional<? extends RuntimeException>> obstacle;
    private final Followers followers;

    /**
     * @param random names this run of the node
     * @param executor where followers are served
     * @param obstacle why this node can't tell of all changes now, if so: followers end with it
     * @param full what one follower too many is refused with
     */
    public ChangeFeed(
            RandomGenerator random,
            Executor executor,
            Supplier<? extends Optional<? extends RuntimeException>> obstacle,
            Supplier<? extends RuntimeException> full) {
        this(new ChangeLog(), random, executor, obstacle, full);
    }

    ChangeFeed(
            ChangeLog log,
            RandomGenerator random,
            Executor executor,
            Supplier<? extends Optional<? extends RuntimeException>> obstacle,
            Supplier<? extends RuntimeException> full) {
        this.run = Long.toHexString(random.nextLong());
        this.log = log;
        this.obstacle = obstacle;
        this.followers = new Followers(MOST_FOLLOWERS, executor, full);
    }

    /** A commit of a partition has changed what is found at these keys. Never blocks and never throws. */
    public void changed(int partition, List<RecordKey> keys, VersionVector upTo) {
        log.append(partition, keys, upTo);
        followers.wake();
    }

    /** Why this node can't tell of all changes now, if so. */
    public Optional<? extends RuntimeException> obstacle() {
        return obstacle.get();
    }

    /** The position from which a follower gets whatever comes. */
    public String end() {
        return position(log.last());
    }

    /** Whether a follower can go on from a position without missing anything. */
    public boolean reachesBackTo(String position) {
        return log.reachesBackTo(number(position));
    }

    /**
     * The changes of some keys from a position on. Each subscriber is told that something was {@linkplain Form#missed missed} where the change log
     * doesn't reach back to where it is, and gets what comes from then on.
     *
     * @param after where to begin
     * @param wanted which keys
     * @param form what subscribers are told
     */
    public <E> Flow.Publisher<E> follow(String after, Predicate<RecordKey> wanted, Form<E> form) {
        return followers.publisher(() -> new Progress<>(number(after), wanted, form));
    }

    /**
     * What followers are told.
     *
     * @param <E> the type of events
     */
    public interface Form<E> {

        /** A key has changed: with the value that is read now. Fails when it can't be read, which ends the follower. */
        CompletionStage<E> changed(KeyChange change, String position);

        /** Changes were forgotten before this follower got them; it goes on with those after that position. */
        E missed(String position);

        /** Many changes of other keys were passed over: go on from there. */
        E passed(String position);
    }

    /** Completes all followers, and later ones as soon as they come. */
    @Override
    public void close() {
        followers.close();
    }

    private String position(long number) {
        return run + "-" + number;
    }

    /** The number that a position names in this run; none there is for any other. */
    private long number(String position) {
        String prefix = run + "-";
        boolean ours = position.startsWith(prefix)
                && position.length() <= prefix.length() + 18
                && position.substring(prefix.length()).matches("[0-9]+");
        return ours ? Long.parseLong(position.substring(prefix.length())) : -1;
    }

    private final class Progress<E> implements Reading<E> {

        private final Predicate<RecordKey> wanted;
        private final Form<E> form;
        private long reached;
        private long told;

        private Progress(long start, Predicate<RecordKey> wanted, Form<E> form) {
            this.reached = start;
            this.told = start;
            this.wanted = wanted;
            this.form = form;
        }

        @Override
        public CompletionStage<Batch<E>> next(int most) {
            Optional<? extends RuntimeException> why = obstacle.get();
            if (why.isPresent()) {
                return CompletableFuture.failedStage(why.get());
            }
            ChangeLog.Page page = log.read(reached, wanted, Math.min(most, MOST_AHEAD));
            CompletionStage<List<E>> events = events(page);
            return events.thenApply(all -> {
                reached = page.reached();
                told = all.isEmpty() ? told : reached;
                return new Batch<>(all, page.more());
            });
        }

        private CompletionStage<List<E>> events(ChangeLog.Page page) {
            if (page.missed()) {
                return CompletableFuture.completedStage(List.of(form.missed(position(page.reached()))));
            }
            if (page.changes().isEmpty() && page.reached() - told >= PASSED_SILENTLY) {
                return CompletableFuture.completedStage(List.of(form.passed(position(page.reached()))));
            }
            return all(page.changes().stream()
                    .map(change -> form.changed(change, position(change.number())))
                    .map(CompletionStage::toCompletableFuture)
                    .toList());
        }

        private CompletionStage<List<E>> all(List<CompletableFuture<E>> each) {
            return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                    .thenApply(
                            read -> each.stream().map(CompletableFuture::join).toList());
        }
    }
}
