package io.entente.cluster.retirement;

import io.entente.cluster.retirement.SalvageOutcome.Refused;
import io.entente.cluster.retirement.SalvageOutcome.Written;
import io.entente.conflict.version.Dot;
import io.entente.core.effect.Reply;
import io.entente.core.event.Event;
import io.entente.core.record.Salvageable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The writes that only data put aside at this node has: its node was retired before others had them. They are listed, and written back as new
 * writes: each replaces what it replaced when it was first made, and is concurrent with everything else, so that resolvers decide.
 *
 * <p>Each is written back once, however often it is asked for and whatever crashes in between: that it was is part of the same commit, and is known as long as
 * the store of that commit is kept, in use or aside. A node that loses that commit, to a lost disk or an old backup, may write it twice.
 *
 * <p>Thread-safe. One call at a time reads data put aside, one write at a time is in memory but for a page that is asked for; a call that comes meanwhile fails with
 * an {@link IllegalStateException}, as does one while the node has not caught up with the others: only then is it known what they have. It fails with an
 * {@link IllegalArgumentException} when it asks for what a node accepted that nobody knows, and with a {@link io.entente.core.store.StoreException} when what is
 * put aside can't be read, or isn't there: nothing is ever made in its place.
 */
public final class LostWrites {

    /** The most writes that are listed, or tried to be written back, at once. */
    public static final int MOST = 10_000;

    /** A page ends before it would have more bytes of values and operations than that, unless it has a single write. */
    public static final int PAGE_BYTES = 8 << 20;

    private final String self;
    private final LostWritesSource source;
    private final Executor blocking;
    private final Semaphore reading = new Semaphore(1);

    /**
     * @param self the name of this node
     * @param source where they are, and where they go
     * @param blocking where stores are read
     */
    public LostWrites(String self, LostWritesSource source, Executor blocking) {
        this.self = Objects.requireNonNull(self, "self");
        this.source = Objects.requireNonNull(source, "source");
        this.blocking = Objects.requireNonNull(blocking, "blocking");
    }

    /**
     * What there is, the first page of it.
     *
     * @param atMost of how many writes at most, up to {@value #MOST}
     */
    public CompletionStage<LostWritesPage> list(SalvageScope scope, int atMost) {
        return read(scope, () -> new Listing(Math.min(MOST, atMost))).thenApply(Listing::page);
    }

    /** Writes back what there is; at most {@value #MOST} at once. */
    public CompletionStage<SalvageOutcome> writeBack(SalvageScope scope) {
        return read(scope, () -> new WritingBack(this::write)).thenApply(WritingBack::outcome);
    }

    private <V extends AsideReading.Visitor> CompletionStage<V> read(SalvageScope scope, Supplier<V> visitor) {
        return source.caughtUp()
                .thenApplyAsync(
                        known -> {
                            V visiting = visitor.get();
                            alone(stores -> {
                                stores.requireWriter(known, scope, self);
                                stores.find(known, scope, self, visiting);
                            });
                            return visiting;
                        },
                        blocking);
    }

    private Reply write(int partition, Salvageable lost) {
        return source.write(partition, id -> new Event.SalvageRequested(id, lost));
    }

    /** Reads what is put aside; refuses to while somebody else does. */
    void alone(Consumer<AsideReading> action) {
        if (!reading.tryAcquire()) {
            throw new IllegalStateException(
                    "what only this node had is being listed or written back: ask again when that is done");
        }
        try (AsideReading stores = new AsideReading(source)) {
            action.accept(stores);
        } finally {
            reading.release();
        }
    }

    /** Keeps what fits on a page. */
    static final class Listing implements AsideReading.Visitor {

        private final int atMost;
        private final List<LostWrite> found = new ArrayList<>();
        private long bytes;
        private boolean more;

        Listing(int atMost) {
            this.atMost = atMost;
        }

        @Override
        public boolean visit(Path aside, int partition, Dot dot, Supplier<Salvageable> write) {
            if (found.size() == atMost) {
                more = true;
                return false;
            }
            LostWrite lost = new LostWrite(aside, partition, write.get());
            bytes += lost.write().payload().length();
            more = !found.isEmpty() && bytes > PAGE_BYTES;
            return !more && found.add(lost);
        }

        LostWritesPage page() {
            return new LostWritesPage(found, more);
        }
    }

    /** Writes back one after the other, and counts what is left. What is refused for what it is doesn't keep back what comes after it. */
    static final class WritingBack implements AsideReading.Visitor {

        private final BiFunction<Integer, Salvageable, Reply> writer;
        private final List<Written> written = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();
        private long left;
        private boolean isClosed;

        /**
         * @param writer has a partition's replica make a write anew, and answers what it answered
         */
        WritingBack(BiFunction<Integer, Salvageable, Reply> writer) {
            this.writer = writer;
        }

        @Override
        public boolean visit(Path aside, int partition, Dot dot, Supplier<Salvageable> write) {
            if (isClosed || written.size() + refused.size() >= MOST) {
                left++;
                return true;
            }
            Reply reply = writer.apply(partition, write.get());
            if (reply instanceof Reply.Written done) {
                written.add(new Written(partition, dot, done.dot()));
            } else if (reply instanceof Reply.Refused no) {
                refused.add(new Refused(partition, dot, no.detail()));
                left++;
                isClosed = no.reason() == Reply.Refusal.OVERLOADED || no.reason() == Reply.Refusal.NOT_ADMITTED;
            }
            return true;
        }

        SalvageOutcome outcome() {
            return new SalvageOutcome(written, refused, left);
        }
    }
}
