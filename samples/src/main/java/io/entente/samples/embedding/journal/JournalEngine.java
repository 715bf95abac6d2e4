package io.entente.samples.embedding.journal;

import io.entente.core.store.CountedStore;
import io.entente.core.store.Durability;
import io.entente.core.store.StoreEngine;
import java.nio.file.Path;

/**
 * Keeps a node's data in memory and in a {@link JournalStore journal}. For data that fits into memory several times; it shows what an engine has to do, in a few hundred lines.
 * Immutable; thread-safe.
 */
public final class JournalEngine implements StoreEngine {

    @Override
    public String name() {
        return "journal-1";
    }

    @Override
    public CountedStore open(Path directory, Durability durability) {
        return JournalStore.open(directory, durability);
    }
}
