package io.entente.samples.embedding.journal;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.stream.Stream;

/**
 * A record of a journal: four bytes for the length of what follows these eight, four for that length's complement, the number of the commit, whether it is a base, the operations, and the CRC32C of all that
 * but the length. A length is followed before its CRC can be, so it is told twice: a wrong one would make all that comes after it look like a torn end.
 *
 * @param head how many batches have been committed with this one
 * @param base whether the operations make up the whole content, rather than change what there is
 * @param batch the operations
 */
record JournalRecord(long head, boolean base, WriteBatch batch) {

    /** How many bytes tell the length. */
    static final int LENGTH_BYTES = 8;

    private static final long ALL_ONES = 0xFFFF_FFFFL;

    /** The record's bytes. */
    Bytes encoded() {
        ByteWriter writer =
                new ByteWriter().u32(0).u32(0).i64(head).u8(base ? 1 : 0).varint(batch.size());
        batch.forEach(new WriteBatch.Visitor() {
            @Override
            public void put(Table table, Bytes key, Bytes value) {
                Kind.PUT.begin(writer, table).bytes(key).bytes(value);
            }

            @Override
            public void delete(Table table, Bytes key) {
                Kind.DELETE.begin(writer, table).bytes(key);
            }

            @Override
            public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {
                Kind.DELETE_RANGE.begin(writer, table).bytes(fromInclusive).bytes(toExclusive);
            }
        });
        writer.crc32cSince(LENGTH_BYTES);
        int length = writer.position() - LENGTH_BYTES;
        return writer.patchU32(0, length)
                .patchU32(LENGTH_BYTES / 2, length ^ ALL_ONES)
                .take();
    }

    /**
     * How many bytes the record that begins there has, its length among them; more than there are when its end is missing.
     *
     * @param journal at least the bytes of the length
     * @throws MalformedBytesException when these don't agree
     */
    static long lengthAt(Bytes journal, int from) {
        ByteReader reader = new ByteReader(journal.unsafeArray(), from, LENGTH_BYTES);
        long length = reader.u32();
        long complement = reader.u32();
        if (complement != (length ^ ALL_ONES)) {
            throw new MalformedBytesException(
                    String.format("expected the complement of the length %08x, but it is %08x", length, complement));
        }
        return LENGTH_BYTES + length;
    }

    /**
     * The record of these bytes.
     *
     * @throws MalformedBytesException when they are none, or damaged
     */
    static JournalRecord decoded(Bytes journal, int from, int length) {
        ByteReader reader = new ByteReader(journal.unsafeArray(), from, length);
        reader.raw(LENGTH_BYTES);
        long head = reader.i64();
        boolean base = reader.u8() == 1;
        WriteBatch batch = new WriteBatch();
        int operations = reader.count(2);
        for (int i = 0; i < operations; i++) {
            Kind.read(reader, batch);
        }
        reader.expectCrc32cSince(LENGTH_BYTES);
        reader.expectEnd();
        return new JournalRecord(head, base, batch);
    }

    /** What an operation does. */
    private enum Kind {
        PUT(1),
        DELETE(2),
        DELETE_RANGE(3);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        private ByteWriter begin(ByteWriter writer, Table table) {
            return writer.u8(number).string(table.name());
        }

        private static void read(ByteReader reader, WriteBatch batch) {
            Kind kind = of(reader.u8());
            Table table = tableOf(reader.string());
            switch (kind) {
                case PUT -> batch.put(table, reader.bytes(), reader.bytes());
                case DELETE -> batch.delete(table, reader.bytes());
                case DELETE_RANGE -> batch.deleteRange(table, reader.bytes(), reader.bytes());
            }
        }

        private static Kind of(int number) {
            return Stream.of(values())
                    .filter(kind -> kind.number == number)
                    .findFirst()
                    .orElseThrow(() -> new MalformedBytesException("expected an operation, but it is " + number));
        }

        private static Table tableOf(String name) {
            return Stream.of(Table.values())
                    .filter(table -> table.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new MalformedBytesException("expected a table, but it is '" + name + "'"));
        }
    }
}
