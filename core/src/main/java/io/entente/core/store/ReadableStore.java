package io.entente.core.store;

/** What has been committed, to be read as it is now or as it was at one moment. */
public interface ReadableStore extends StoreReader {

    /** What is committed now, to be read at leisure. Close it. */
    StoreSnapshot snapshot();
}
