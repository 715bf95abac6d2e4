package io.entente.cluster.retirement;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.event.Event;
import io.entente.core.replica.Salvage;
import io.entente.core.store.Store;
import io.entente.core.store.directory.AsideStores;
import io.entente.core.store.rocksdb.RocksStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The writes that only data put aside at this node has: its node was retired before others had them. They are listed, and written back as new
 * writes: each replaces what it replaced when it was first made, and is concurrent with everything else, so that resolvers decide.
 *
 * <p>Each is written back once, however often it is asked for and whatever crashes in between: that it was is part of the same commit. A node
 * that loses that commit, to a lost disk or an old backup, may write it twice.
 *
 * <p>Thread-safe. One call at a time reads data put aside; the others wait.
 */
public final class LostWrites {

    /** The most writes that are listed, or written back, at once. */
    public static final int MOST = 10_000;

    private final LostWritesSource source;
    private final Executor blocking;
    private final Object reading = new Object();

    /**
     * @param source where they are, and where they go
     * @param blocking where stores are read
     */
    public LostWrites(LostWritesSource source, Executor blocking) {
        this.source = source;
        this.blocking = blocking;
    }

    /**
     * What there is, at most so many, up to {@value #MOST}. Fails with an {@link IllegalStateException} while the node has not caught up with the
     * others: only then is it known what they have.
     */
    public CompletionStage<List<LostWrite>> list(int atMost) {
        return source.caughtUp()
                .thenApplyAsync(
                        known -> exclusively(() -> find(known, write -> true, Math.min(MOST, atMost))), blocking);
    }

    /** Writes back what there is, or what there is of one map, or one key of it; at most {@value #MOST} at once. */
    public CompletionStage<SalvageOutcome> writeBack(Optional<String> map, Optional<String> key) {
        Predicate<LostWrite> asked =
                lost -> map.map(lost.write().key().map()::equals).orElse(true)
                        && key.map(lost.write().key().key()::equals).orElse(true);
        return source.caughtUp()
                .thenApplyAsync(
                        known -> exclusively(() -> {
                            Map<Dot, Dot> written = new TreeMap<>();
                            Map<Dot, String> refused = new TreeMap<>();
                            for (LostWrite lost : find(known, asked, MOST)) {
                                writeBack(lost, written, refused);
                            }
                            int left = find(known, asked, MOST).size();
                            return new SalvageOutcome(new TreeMap<>(written), new TreeMap<>(refused), left);
                        }),
                        blocking);
    }

    private void writeBack(LostWrite lost, Map<Dot, Dot> written, Map<Dot, String> refused) {
        Reply reply = source.write(lost.partition(), id -> new Event.SalvageRequested(id, lost.write()));
        if (reply instanceof Reply.Written done) {
            written.put(lost.write().dot(), done.dot());
        } else if (reply instanceof Reply.Refused no) {
            refused.put(lost.write().dot(), no.detail());
        }
    }

    private <T> T exclusively(Supplier<T> action) {
        synchronized (reading) {
            return action.get();
        }
    }

    private List<LostWrite> find(SortedMap<Integer, VersionVector> known, Predicate<LostWrite> asked, int atMost) {
        List<LostWrite> found = new ArrayList<>();
        for (Path aside : AsideStores.of(source.directory())) {
            try (Store store = RocksStore.open(aside, source.options())) {
                known.forEach((partition, vector) -> {
                    Salvage salvage = new Salvage(store, partition);
                    int room = atMost - found.size();
                    salvage.find(vector, dot -> Salvage.isDone(source.store(), partition, dot), room).stream()
                            .map(write -> new LostWrite(aside, partition, write))
                            .filter(asked)
                            .forEach(found::add);
                });
            }
        }
        return found;
    }
}
