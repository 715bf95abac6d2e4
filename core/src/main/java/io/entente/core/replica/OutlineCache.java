package io.entente.core.replica;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.replica.Outline.Mark;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outlines of the records used last, as many as fit into a number of bytes; that of an absent record too, for absence is worth
 * remembering.
 *
 * <p>A write that replaces all there is needs no more of a record than this, so it reads the store only for what was forgotten here. An
 * outline takes its key and some 40 bytes, whatever the size of the value, and lies in one array with all others, so that the
 * garbage collector has nothing to trace and a look-up touches little memory, which is cold by then.
 *
 * <pre>
 * an outline in the ring:   u16 length of the key   u16 number of marks   key   marks…
 * a mark:                   u32 number of the origin   i64 sequence   i64 timestamp   u8 flags
 * </pre>
 *
 * <p>The ring is overwritten from its oldest outline on. An outline that changes stays where it is as long as it has as many
 * marks.
 */
final class OutlineCache {

    private static final VarHandle I16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int FIRST_RING_BYTES = 1 << 10;
    private static final int HEADER_BYTES = 4;
    private static final int MARK_BYTES = 21;

    /** The flags of a mark: its own two, and that of its outline, which has a mark when it has this flag. */
    private static final int TOMBSTONE = 1;

    private static final int KEPT = 2;
    private static final int KEEPS = 4;

    /** A larger outline is not kept: it would push out too many others. */
    private static final int MOST_OUTLINE_BYTES = 8 << 10;

    private final int ringLimit;
    private final OutlineIndex index;
    private final List<Origin> origins = new ArrayList<>();
    private final Map<Origin, Integer> numbers = new HashMap<>();
    private byte[] ring;

    /** Where the oldest outline begins, and where the next one will. */
    private int oldest;

    private int next;

    /** While the newest outlines lie before the oldest: where those from the oldest on end. */
    private int wrappedAt = -1;

    /**
     * @param limitBytes about how many bytes may be taken; an eighth of a megabyte at least makes sense
     * @param seed chosen so that nobody who chooses keys knows it, else they could be made to collide
     */
    OutlineCache(long limitBytes, long seed) {
        int limit = (int) Math.min(1 << 30, limitBytes);
        ringLimit = limit / 4 * 3;
        index = new OutlineIndex(limit / 4, seed);
        ring = new byte[Math.min(FIRST_RING_BYTES, ringLimit)];
    }

    /** The outline of the record under that key of the store; {@code null} when it isn't known here. */
    @Nullable
    Outline get(Bytes key) {
        int at = find(key);
        return at < 0 ? null : read(at);
    }

    void put(Bytes key, Outline outline) {
        int at = find(key);
        if (at >= 0 && marksAt(at) == outline.size()) {
            writeMarks(at + HEADER_BYTES + key.length(), outline);
            return;
        }
        if (at >= 0) {
            index.remove(hashOf(at), at);
        }
        int length = HEADER_BYTES + key.length() + outline.size() * MARK_BYTES;
        if (length <= Math.min(MOST_OUTLINE_BYTES, ringLimit)) {
            append(key, outline, length);
        }
    }

    /** Forgets what is known of a key. */
    void forget(Bytes key) {
        int at = find(key);
        if (at >= 0) {
            index.remove(hashOf(at), at);
        }
    }

    private void append(Bytes key, Outline outline, int length) {
        while (index.isFull()) {
            forgetOldest();
        }
        int at = makeRoom(length);
        I16.set(ring, at, (short) key.length());
        I16.set(ring, at + 2, (short) outline.size());
        System.arraycopy(key.unsafeArray(), 0, ring, at + HEADER_BYTES, key.length());
        writeMarks(at + HEADER_BYTES + key.length(), outline);
        next = at + length;
        index.add(index.hash(key.unsafeArray(), 0, key.length()), at);
    }

    /** Where so many bytes are free, in one piece, at the newest end. */
    private int makeRoom(int length) {
        while (true) {
            if (wrappedAt >= 0) {
                if (next + length <= oldest) {
                    return next;
                }
                forgetOldest();
            } else if (next + length <= ring.length) {
                return next;
            } else if (ring.length < ringLimit) {
                ring = Arrays.copyOf(ring, Math.min(ringLimit, 2 * ring.length));
            } else {
                wrappedAt = next;
                next = 0;
            }
        }
    }

    /** An outline that has moved on is in the ring still, but no longer in the index. */
    private void forgetOldest() {
        index.remove(hashOf(oldest), oldest);
        oldest += HEADER_BYTES + keyLengthAt(oldest) + marksAt(oldest) * MARK_BYTES;
        if (oldest == wrappedAt) {
            oldest = 0;
            wrappedAt = -1;
        }
    }

    private int find(Bytes key) {
        byte[] wanted = key.unsafeArray();
        int hash = index.hash(wanted, 0, wanted.length);
        for (int place = index.first(hash); index.offsetAt(place) >= 0; place = index.after(place)) {
            int at = index.offsetAt(place);
            if (index.hashAt(place) == hash && isOf(wanted, at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean isOf(byte[] key, int at) {
        int from = at + HEADER_BYTES;
        return keyLengthAt(at) == key.length && Arrays.equals(ring, from, from + key.length, key, 0, key.length);
    }

    private Outline read(int at) {
        int count = marksAt(at);
        int from = at + HEADER_BYTES + keyLengthAt(at);
        Mark[] marks = new Mark[count];
        boolean keeps = false;
        for (int i = 0; i < count; i++, from += MARK_BYTES) {
            Dot dot = new Dot(origins.get((int) I32.get(ring, from)), (long) I64.get(ring, from + 4));
            int flags = ring[from + 20];
            HybridTimestamp timestamp = HybridTimestamp.of((long) I64.get(ring, from + 12));
            marks[i] = new Mark(dot, timestamp, (flags & TOMBSTONE) != 0, (flags & KEPT) != 0);
            keeps |= (flags & KEEPS) != 0;
        }
        return new Outline(List.of(marks), keeps);
    }

    private void writeMarks(int from, Outline outline) {
        int at = from;
        for (Mark mark : outline.marks()) {
            I32.set(ring, at, numberOf(mark.dot().origin()));
            I64.set(ring, at + 4, mark.dot().sequence());
            I64.set(ring, at + 12, mark.timestamp().packed());
            ring[at + 20] = (byte)
                    ((mark.tombstone() ? TOMBSTONE : 0) | (mark.kept() ? KEPT : 0) | (outline.keeps() ? KEEPS : 0));
            at += MARK_BYTES;
        }
    }

    private int numberOf(Origin origin) {
        Integer known = numbers.putIfAbsent(origin, origins.size());
        if (known == null) {
            origins.add(origin);
            return origins.size() - 1;
        }
        return known;
    }

    private int hashOf(int at) {
        return index.hash(ring, at + HEADER_BYTES, keyLengthAt(at));
    }

    private int keyLengthAt(int at) {
        return Short.toUnsignedInt((short) I16.get(ring, at));
    }

    private int marksAt(int at) {
        return Short.toUnsignedInt((short) I16.get(ring, at + 2));
    }
}
