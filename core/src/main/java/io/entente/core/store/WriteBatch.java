package io.entente.core.store;

import io.entente.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * An ordered list of puts and deletions that a store commits as one; of two operations on the same key the later wins.
 *
 * <p>Built by chaining, confined to one thread, and left alone once handed to {@link Store#commit}.
 */
public final class WriteBatch {

    /** What one operation adds to {@link #bytes()} beside its key and value, about what RocksDB takes for it. */
    private static final int OVERHEAD_BYTES = 8;

    private final List<Operation> operations = new ArrayList<>();
    private long bytes;

    /** An empty batch. */
    public WriteBatch() {}

    /** Sets the value of a key. */
    public WriteBatch put(Table table, Bytes key, Bytes value) {
        return add(new Put(table, key, value));
    }

    /** Removes a key; that it isn't there is no error. */
    public WriteBatch delete(Table table, Bytes key) {
        return add(new Delete(table, key));
    }

    /**
     * Removes all keys from {@code fromInclusive} until before {@code toExclusive}, at a cost that doesn't depend on how many there
     * are; none when the range is empty or turned round.
     */
    public WriteBatch deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return fromInclusive.compareTo(toExclusive) < 0
                ? add(new DeleteRange(table, fromInclusive, toExclusive))
                : this;
    }

    /** Adds all operations of another batch, which stays as it is, after those of this one. */
    public WriteBatch append(WriteBatch other) {
        long more = other.bytes;
        operations.addAll(other == this ? List.copyOf(operations) : other.operations);
        bytes += more;
        return this;
    }

    /** Whether there are no operations. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /** The number of operations. */
    public int size() {
        return operations.size();
    }

    /** About how many bytes a store writes for the batch: keys, values, and a little for each operation. */
    public long bytes() {
        return bytes;
    }

    /** Shows each operation to the visitor, in their order. */
    public void forEach(Visitor visitor) {
        for (Operation operation : operations) {
            operation.accept(visitor);
        }
    }

    @Override
    public String toString() {
        return "WriteBatch" + operations;
    }

    private WriteBatch add(Operation operation) {
        operations.add(operation);
        bytes += operation.bytes() + OVERHEAD_BYTES;
        return this;
    }

    /** Is shown the operations of a batch. What it throws ends the walk. */
    public interface Visitor {

        /** The batch sets the value of a key here. */
        void put(Table table, Bytes key, Bytes value);

        /** The batch removes a key here. */
        void delete(Table table, Bytes key);

        /** The batch removes a range of keys here that isn't empty. */
        void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive);
    }

    private sealed interface Operation {

        void accept(Visitor visitor);

        int bytes();
    }

    private record Put(Table table, Bytes key, Bytes value) implements Operation {

        @Override
        public void accept(Visitor visitor) {
            visitor.put(table, key, value);
        }

        @Override
        public int bytes() {
            return key.length() + value.length();
        }
    }

    private record Delete(Table table, Bytes key) implements Operation {

        @Override
        public void accept(Visitor visitor) {
            visitor.delete(table, key);
        }

        @Override
        public int bytes() {
            return key.length();
        }
    }

    private record DeleteRange(Table table, Bytes from, Bytes to) implements Operation {

        @Override
        public void accept(Visitor visitor) {
            visitor.deleteRange(table, from, to);
        }

        @Override
        public int bytes() {
            return from.length() + to.length();
        }
    }
}
