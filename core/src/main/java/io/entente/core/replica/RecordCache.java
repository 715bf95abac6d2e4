package io.entente.core.replica;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records as they are stored, up to about a number of bytes; no bytes for an absent one, for absence is worth remembering too.
 *
 * <p>A record that comes up again lies in memory that is cold by then, and fetching that takes longer than anything else that a
 * replica does with it. So a record is one array, key and all, found by one probe of a table, and not a dozen objects. Two
 * generations stand for an order by use: what is used moves to the young one; when that is half of what may be kept it becomes the
 * old one, and what the old one still holds is forgotten.
 */
final class RecordCache {

    private final long limitBytes;
    private Generation young = new Generation();
    private Generation old = new Generation();

    RecordCache(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** The record under that key of the store, to be read from there; {@code null} when it isn't known here. */
    @Nullable
    ByteReader get(Bytes key) {
        byte[] found = young.find(key);
        if (found == null) {
            found = old.find(key);
            if (found == null) {
                return null;
            }
            keep(key, found);
        }
        return contentOf(found, key);
    }

    void put(Bytes key, Bytes record) {
        ByteWriter entry = new ByteWriter(Integer.BYTES + key.length() + record.length());
        keep(key, entry.u32(key.length()).raw(key).raw(record).take().unsafeArray());
    }

    private void keep(Bytes key, byte[] entry) {
        young.put(key, entry);
        if (young.bytes > limitBytes / 2) {
            old = young;
            young = new Generation();
        }
    }

    private static ByteReader contentOf(byte[] entry, Bytes key) {
        int from = Integer.BYTES + key.length();
        return new ByteReader(entry, from, entry.length - from);
    }

    /** A hash table with open addressing (linear probing) of which nothing is removed. */
    private static final class Generation {

        private static final int FIRST_CAPACITY = 64;

        /** About what an entry takes beside its content: the array's header, and two places in a table that is half full. */
        private static final int ENTRY_OVERHEAD = 40;

        private int[] hashes = new int[FIRST_CAPACITY];
        private byte[] @Nullable [] entries = new byte[FIRST_CAPACITY][];
        private int size;
        private long bytes;

        byte @Nullable [] find(Bytes key) {
            return entries[place(key)];
        }

        void put(Bytes key, byte[] entry) {
            int at = place(key);
            byte[] before = entries[at];
            entries[at] = entry;
            hashes[at] = hashOf(key);
            bytes += entry.length;
            if (before != null) {
                bytes -= before.length;
                return;
            }
            bytes += ENTRY_OVERHEAD;
            size++;
            if (size * 2 > entries.length) {
                grow();
            }
        }

        /** Where the key is, or would be put. */
        private int place(Bytes key) {
            int hash = hashOf(key);
            int mask = entries.length - 1;
            int at = hash & mask;
            byte[] there = entries[at];
            while (there != null && !(hashes[at] == hash && isOf(key, there))) {
                at = (at + 1) & mask;
                there = entries[at];
            }
            return at;
        }

        private void grow() {
            int[] oldHashes = hashes;
            byte[] @Nullable [] oldEntries = entries;
            hashes = new int[2 * oldHashes.length];
            entries = new byte[2 * oldEntries.length][];
            int mask = entries.length - 1;
            for (int i = 0; i < oldEntries.length; i++) {
                if (oldEntries[i] != null) {
                    int at = oldHashes[i] & mask;
                    while (entries[at] != null) {
                        at = (at + 1) & mask;
                    }
                    entries[at] = oldEntries[i];
                    hashes[at] = oldHashes[i];
                }
            }
        }

        private static boolean isOf(Bytes key, byte[] entry) {
            int length = key.length();
            return entry.length >= Integer.BYTES + length
                    && new ByteReader(entry).u32() == length
                    && Arrays.equals(entry, Integer.BYTES, Integer.BYTES + length, key.unsafeArray(), 0, length);
        }

        /** Spread (the finalizer of MurmurHash3): keys that differ in a digit at the end must not lie side by side. */
        private static int hashOf(Bytes key) {
            int hash = key.hashCode();
            hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
            hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
            return hash ^ (hash >>> 16);
        }
    }
}
