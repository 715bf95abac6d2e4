package io.entente.core.store;

/**
 * Tables of bytes that change only by atomic batches.
 *
 * <p>What is read is what the commits that have returned have written, all of each and in their order. After the first
 * commit that fails the store is <em>fenced</em>: it goes on answering reads and refuses every later commit, because a
 * batch whose commit failed may exist all the same, and what was numbered in it must not be numbered again. Only
 * closing and opening it anew ends that.
 *
 * <p>Implementations say whether they are thread-safe.
 */
public interface Store extends ReadableStore, AutoCloseable {

    /**
     * Makes all operations of the batch visible and durable, in their order, or none of them; returns when they are as
     * durable as the store was opened for. An empty batch changes nothing and may return at once.
     *
     * @throws StoreException when it fails; {@link StoreException#mayExist()} says whether the batch may be there all
     *     the same. The store is fenced from then on
     * @throws StoreFencedException when an earlier commit has failed; nothing of this batch exists
     * @throws IllegalStateException when the store is closed; nothing of this batch exists
     */
    void commit(WriteBatch batch);

    /** Waits for running operations and frees everything, open scans and snapshots too; more than once does no harm. */
    @Override
    void close();
}
