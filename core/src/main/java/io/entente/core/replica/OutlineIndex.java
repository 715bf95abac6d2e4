package io.entente.core.replica;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * From hashes of keys to offsets: a hash table with open addressing (linear probing; removal moves up what came behind, as in Knuth,
 * <i>The Art of Computer Programming</i>, volume 3, algorithm 6.4R), of two arrays of numbers that grow up to a limit.
 */
final class OutlineIndex {

    private static final VarHandle I64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FIRST_PLACES = 64;
    private static final int NONE = -1;

    private final long seed;
    private final int mostPlaces;
    private int[] hashes;
    private int[] offsets;
    private int size;

    OutlineIndex(int limitBytes, long seed) {
        this.seed = seed;
        this.mostPlaces = Math.max(FIRST_PLACES, Integer.highestOneBit(limitBytes / (2 * Integer.BYTES)));
        hashes = new int[FIRST_PLACES];
        offsets = none(FIRST_PLACES);
    }

    /** Whether something has to go before one more may come. */
    boolean isFull() {
        return size >= room(mostPlaces);
    }

    /** Adds what isn't there yet; it must not be full. */
    void add(int hash, int offset) {
        if (size >= room(offsets.length)) {
            grow();
        }
        insert(hash, offset);
        size++;
    }

    /** Removes an offset, if it is there. */
    void remove(int hash, int offset) {
        int place = first(hash);
        while (offsets[place] != offset) {
            if (offsets[place] == NONE) {
                return;
            }
            place = after(place);
        }
        int gap = place;
        for (int behind = after(gap); offsets[behind] != NONE; behind = after(behind)) {
            if (distance(first(hashes[behind]), behind) >= distance(gap, behind)) {
                hashes[gap] = hashes[behind];
                offsets[gap] = offsets[behind];
                gap = behind;
            }
        }
        offsets[gap] = NONE;
        size--;
    }

    /** Where to begin to look; then goes {@link #after} until there is no offset. */
    int first(int hash) {
        return hash & (offsets.length - 1);
    }

    int after(int place) {
        return (place + 1) & (offsets.length - 1);
    }

    /** The offset there; below 0 for none. */
    int offsetAt(int place) {
        return offsets[place];
    }

    int hashAt(int place) {
        return hashes[place];
    }

    /** A hash of bytes in which each bit depends on all of theirs and on the seed (multiply and fold, finished as MurmurHash3). */
    int hash(byte[] bytes, int from, int length) {
        long hash = seed ^ length;
        int at = from;
        int end = from + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mixed(hash ^ (long) I64.get(bytes, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = (rest << 8) | (bytes[at] & 0xFF);
        }
        return (int) mixed(mixed(hash ^ rest));
    }

    private static long mixed(long hash) {
        long product = hash * 0xFF51AFD7ED558CCDL;
        return product ^ (product >>> 33);
    }

    private int distance(int from, int to) {
        return (to - from) & (offsets.length - 1);
    }

    private void insert(int hash, int offset) {
        int place = first(hash);
        while (offsets[place] != NONE) {
            place = after(place);
        }
        hashes[place] = hash;
        offsets[place] = offset;
    }

    private void grow() {
        int[] oldHashes = hashes;
        int[] oldOffsets = offsets;
        hashes = new int[2 * oldHashes.length];
        offsets = none(2 * oldOffsets.length);
        for (int i = 0; i < oldOffsets.length; i++) {
            if (oldOffsets[i] != NONE) {
                insert(oldHashes[i], oldOffsets[i]);
            }
        }
    }

    /** Three quarters: more would make long ways. */
    private static int room(int places) {
        return places / 4 * 3;
    }

    private static int[] none(int places) {
        int[] offsets = new int[places];
        Arrays.fill(offsets, NONE);
        return offsets;
    }
}
