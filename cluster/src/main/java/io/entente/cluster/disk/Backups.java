package io.entente.cluster.disk;

import io.entente.core.store.directory.Backup;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Makes backups of a node while it serves. Thread-safe; never blocks its caller. */
public final class Backups {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    private final Maker maker;
    private final Optional<Path> parent;
    private final LongSupplier wallMillis;
    private final Executor blocking;

    /** Makes a backup, as {@code DataDirectory.backup} does, and blocks meanwhile. */
    @FunctionalInterface
    public interface Maker {
        Backup backup(Path target, long wallMillis);
    }

    /**
     * @param maker copies the node's data
     * @param parent where those go that are asked for by name; empty when none may be
     * @param wallMillis the node's clock
     * @param blocking where the work is done
     */
    public Backups(Maker maker, Optional<Path> parent, LongSupplier wallMillis, Executor blocking) {
        this.maker = maker;
        this.parent = parent;
        this.wallMillis = wallMillis;
        this.blocking = blocking;
    }

    /**
     * Makes one.
     *
     * @param target where; nothing may be there
     * @return the backup, once it is complete and durable; fails with {@link IllegalArgumentException} when the place is taken, and with {@link
     *     io.entente.core.store.StoreException} when it can't be made
     */
    public CompletionStage<Backup> to(Path target) {
        return CompletableFuture.supplyAsync(() -> maker.backup(target, wallMillis.getAsLong()), blocking);
    }

    /**
     * Makes one in the place that is configured for those who may not choose any.
     *
     * @param name one name, no path
     * @throws IllegalStateException when no place is configured
     * @throws IllegalArgumentException when it is no name
     */
    public CompletionStage<Backup> named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a backup: write 1 to 128 of A-Z a-z 0-9 . _ -, "
                            + "no path, and no dot or dash first");
        }
        Path place = parent.orElseThrow(() -> new IllegalStateException(
                "no place for backups is configured at this node: set entente.backup.directory"));
        return to(place.resolve(name));
    }
}
