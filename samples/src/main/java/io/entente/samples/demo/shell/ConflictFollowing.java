package io.entente.samples.demo.shell;

import io.entente.cluster.conflict.ConflictEvent;
import io.entente.cluster.conflict.ConflictQuery;
import io.entente.cluster.conflict.Conflicts;
import io.entente.cluster.conflict.SeenConflict;
import io.entente.core.journal.ConflictId;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.Sentences;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prints conflicts as they come, a line each: once, when the first of the live nodes has seen it. Nodes that are started later are not
 * among them. Each node has one event under way to here, so none can get ahead of the terminal. Confined to the shell's thread.
 */
final class ConflictFollowing {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final Consumer<String> out;
    private final ConflictQuery query;
    private final Map<Conflicts, String> from;
    private final BlockingQueue<Runnable> arrived;
    private final Set<ConflictId> shown = new HashSet<>();
    private int following;

    /**
     * @param out prints a line
     * @param query which conflicts, and what other resolver to try
     * @param from at each node where to begin
     */
    ConflictFollowing(Consumer<String> out, ConflictQuery query, Map<Conflicts, String> from) {
        this.out = out;
        this.query = query;
        this.from = from;
        this.arrived = new ArrayBlockingQueue<>(2 * Math.max(1, from.size()));
    }

    /**
     * Prints those known, then what comes, until the thread is interrupted or a bound is reached.
     *
     * @param known the conflicts before, in order
     * @param count how many are to be shown in all
     * @param millis for how long
     * @throws FailureException when fewer came in that time than were to be shown
     */
    void follow(List<SeenConflict> known, Optional<Integer> count, Optional<Long> millis) {
        known.forEach(conflict ->
                show(conflict, conflict.whatIf().map(ConflictsCommand::printed).orElse("")));
        List<Subscriber> subscribers = new ArrayList<>();
        from.forEach((conflicts, position) -> {
            Subscriber subscriber = new Subscriber(conflicts);
            subscribers.add(subscriber);
            following++;
            conflicts.follow(query.filter(), position).subscribe(subscriber);
        });
        try {
            take(count.orElse(Integer.MAX_VALUE), millis);
        } catch (InterruptedException ctrlC) {
            out.accept("no longer following");
        } finally {
            subscribers.forEach(Subscriber::cancel);
        }
        if (shown.size() < count.orElse(0)) {
            throw new FailureException(shown.size() + " conflicts came, not " + count.get());
        }
    }

    private void take(int count, Optional<Long> millis) throws InterruptedException {
        long begun = System.nanoTime();
        while (shown.size() < count && following > 0) {
            long passed = System.nanoTime() - begun;
            Runnable next = millis.isEmpty()
                    ? arrived.take()
                    : arrived.poll(TimeUnit.MILLISECONDS.toNanos(millis.get()) - passed, TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            next.run();
        }
    }

    private void seen(Conflicts at, ConflictEvent event) {
        if (event instanceof ConflictEvent.Seen seen && isWanted(seen.conflict())) {
            show(seen.conflict(), tried(at, seen.conflict()));
        } else if (event instanceof ConflictEvent.Missed) {
            out.accept("some conflicts were dropped from a full journal before they could be shown");
        }
    }

    private boolean isWanted(SeenConflict conflict) {
        return switch (query.state()) {
            case ANY -> true;
            case OPEN -> conflict.open();
            case UNRESOLVED -> conflict.open() && conflict.unresolved().isPresent();
        };
    }

    /** What the other resolver makes of it, where one was asked for. */
    private String tried(Conflicts at, SeenConflict conflict) {
        return query.whatIf()
                .map(other -> ShellCommand.answer(at.reResolve(conflict, other))
                                .map(ConflictsCommand::printed)
                                .orElse("(unknown)")
                        + " by " + other.resolver().name())
                .orElse("");
    }

    private void show(SeenConflict conflict, String whatIf) {
        if (shown.add(conflict.id())) {
            out.accept(TIME.format(conflict.at()) + "  " + ConflictsCommand.shortened(conflict.id()) + "  "
                    + conflict.key() + " at " + conflict.node().node() + ": " + ConflictsCommand.versions(conflict)
                    + ", reads as " + ConflictsCommand.printed(conflict.outcome())
                    + (whatIf.isEmpty() ? "" : ", what if: " + whatIf));
        }
    }

    /** One node's conflicts, handed over to the shell's thread one by one. */
    private final class Subscriber implements Flow.Subscriber<ConflictEvent> {

        private final Conflicts at;
        private volatile Flow.@Nullable Subscription subscription;

        private Subscriber(Conflicts at) {
            this.at = at;
        }

        private void cancel() {
            Flow.Subscription running = subscription;
            if (running != null) {
                running.cancel();
            }
        }

        private void askForOne() {
            Flow.Subscription running = subscription;
            if (running != null) {
                running.request(1);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(ConflictEvent event) {
            arrived.add(() -> {
                seen(at, event);
                askForOne();
            });
        }

        @Override
        public void onError(Throwable failure) {
            arrived.add(() -> {
                following--;
                Sentences.of(failure).forEach(out);
            });
        }

        @Override
        public void onComplete() {
            arrived.add(() -> following--);
        }
    }
}
