package io.entente.core.store.directory;

import io.entente.core.store.Durability;
import io.entente.core.store.Store;
import io.entente.core.store.StoreEngine;
import io.entente.core.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stores of a data directory that were put aside, since what they hold is not the cluster's any more: their node was retired while it was
 * away. They are kept until somebody deletes them; each is a store of its own at {@code aside/<number>} in the directory.
 */
public final class AsideStores {

    private static final String ASIDE = "aside";

    private AsideStores() {}

    /** Those of a data directory, the one put aside first coming first; none where there is no directory yet. */
    public static List<Path> of(Path directory) {
        Path aside = directory.resolve(ASIDE);
        if (!Files.isDirectory(aside)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(aside)) {
            return found.filter(path -> path.getFileName().toString().matches("[0-9]{1,9}"))
                    .sorted(java.util.Comparator.comparingInt(AsideStores::numberOf))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens one of them, to be read; nobody else may have it open. Never makes one.
     *
     * @throws StoreException when there is none, or it can't be opened
     */
    public static Store open(Path aside, StoreEngine engine, Durability durability) {
        if (!engine.isIn(aside)) {
            throw new StoreException(aside + " holds no store", false);
        }
        return engine.open(aside, durability);
    }

    /**
     * Puts the store aside. What the next opening finds, wherever this ends, is either the old store or a directory of which it is proven that
     * it holds nothing; the identity stays, so that the node goes on belonging to its cluster.
     */
    static Path put(Layout layout, Identity identity) throws IOException {
        Path directory = layout.directory().resolve(ASIDE);
        DurableFiles.makeDirectory(directory);
        List<Path> before = of(layout.directory());
        int number = before.isEmpty() ? 1 : numberOf(before.get(before.size() - 1)) + 1;
        Path target = directory.resolve(Integer.toString(number));
        layout.write(identity.withoutDoubt());
        DurableFiles.replace(
                layout.highWater(),
                new HighWater(0, true, BootId.current()).encoded().toArray());
        Files.move(layout.store(), target, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncNames(directory);
        DurableFiles.syncNames(layout.directory());
        return target;
    }

    private static int numberOf(Path path) {
        return Integer.parseInt(path.getFileName().toString());
    }
}
