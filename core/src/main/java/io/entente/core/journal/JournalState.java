package io.entente.core.journal;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.UnsupportedFormatException;

/**
 * How full a journal is, and how far it reaches; a row of its own, so that neither a conflict nor a start has to look at all the others.
 *
 * @param conflicts how many it holds
 * @param bytes the bytes of their rows
 * @param oldest no conflict it holds stands before this position
 * @param last the position of the latest it ever held, 0 for none
 * @param dropped the highest position of those it has dropped, 0 for none: who has read up to there has missed nothing
 */
public record JournalState(long conflicts, long bytes, long oldest, long last, long dropped) {

    static final JournalState EMPTY = new JournalState(0, 0, 0, 0, 0);

    private static final int FORMAT = 1;

    /** So that a position is positive whatever a clock shows; it is reached in the year 6429. */
    private static final long MOST_MILLIS = (1L << 47) - 1;

    private static final int COUNTER_BITS = 16;

    /**
     * The position of the next conflict: higher than all before, and by the time where that is later, so that the journals of several
     * partitions can be read as one.
     */
    long next(long wallMillis) {
        return Math.max(last + 1, positionAt(wallMillis));
    }

    /** What is journaled from that time on stands there or later; what was before stands earlier as far as the clock only went forward. */
    public static long positionAt(long wallMillis) {
        return Math.min(Math.max(wallMillis, 0), MOST_MILLIS) << COUNTER_BITS;
    }

    JournalState with(long position, int length) {
        return new JournalState(conflicts + 1, bytes + length, oldest, position, dropped);
    }

    /** Counters never fall below zero: rows that can't be read, and so weren't counted right, must stop nothing. */
    JournalState without(long position, int length) {
        return new JournalState(
                Math.max(0, conflicts - 1), Math.max(0, bytes - length), oldest, last, Math.max(dropped, position));
    }

    JournalState beginningAfter(long position) {
        return new JournalState(conflicts, bytes, position + 1, last, dropped);
    }

    Bytes encode() {
        return new ByteWriter(32)
                .u8(FORMAT)
                .varint(conflicts)
                .varint(bytes)
                .varint(oldest)
                .varint(last)
                .varint(dropped)
                .toBytes();
    }

    static JournalState decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        int format = in.u8();
        if (format != FORMAT) {
            throw new UnsupportedFormatException("the format of a journal's state", format, "format " + FORMAT);
        }
        JournalState state = new JournalState(in.varint(), in.varint(), in.varint(), in.varint(), in.varint());
        in.expectEnd();
        return state;
    }
}
