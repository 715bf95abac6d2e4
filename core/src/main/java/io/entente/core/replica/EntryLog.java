package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.EncodedEntry;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The per-origin logs: appended to by steps, read by feeds, from memory where it is recent. */
final class EntryLog {

    private final StoreReader store;
    private final StoreKeys keys;
    private final EntryCodec codec;
    private final Tail tail;
    private final LogSizes sizes;
    private final Map<Origin, Long> firstKept = new HashMap<>();

    EntryLog(StoreReader store, StoreKeys keys, EntryCodec codec, OriginCodec origins, Limits limits) {
        this.store = store;
        this.keys = keys;
        this.codec = codec;
        this.tail = new Tail(limits.tailBytes());
        this.sizes = new LogSizes(store, keys, limits.retention().bytes());
        try (Scan scan = store.scan(Table.META, keys.firstKept(), StoreKeys.successor(keys.firstKept()))) {
            while (scan.advance()) {
                Origin origin = origins.readOrigin(StoreKeys.metaTail(scan.key()));
                firstKept.put(origin, new ByteReader(scan.value()).varint());
            }
        }
    }

    void append(EncodedEntry entry, WriteBatch batch) {
        var dot = entry.entry().dot();
        Bytes key = keys.entry(dot.origin(), dot.sequence());
        long bytes = LogSizes.bytesOf(key, entry.encoded());
        sizes.appended(dot.origin(), firstKept(dot.origin()), dot.sequence(), bytes, batch);
        batch.put(Table.LOG, key, entry.encoded());
        tail.add(entry);
    }

    /** The sequence of the first entry that the origin's log has, or would have. */
    long firstKept(Origin origin) {
        return firstKept.getOrDefault(origin, 1L);
    }

    /** How many bytes the origin's log takes; too much, if anything, by what is between two marks of {@link LogSizes}. */
    long bytes(Origin origin) {
        return sizes.bytes(origin, firstKept(origin));
    }

    /** How many of these the entries up to that one take; too little, if anything. */
    long bytesUpTo(Origin origin, long sequence) {
        return sizes.bytesUpTo(origin, firstKept(origin), sequence);
    }

    /** The last one of the first entries that take so many bytes together. */
    long lastOf(Origin origin, long bytes) {
        return sizes.lastOf(origin, firstKept(origin), bytes);
    }

    /**
     * Lets the origin's log begin at that entry.
     *
     * @param have the last entry that it has now
     */
    void truncate(Origin origin, long first, long have, WriteBatch batch) {
        if (first > firstKept(origin)) {
            long before = firstKept(origin);
            sizes.truncated(origin, before, first, first > have, batch);
            firstKept.put(origin, first);
            batch.put(
                    Table.META,
                    keys.firstKept(origin),
                    new ByteWriter(10).varint(first).toBytes());
            batch.deleteRange(Table.LOG, keys.entry(origin, before), keys.entry(origin, first));
        }
    }

    /** Forgets what is kept in memory: origins are about to go on from elsewhere than where they ended. */
    void forgetTail() {
        tail.clear();
    }

    /** Between steps: what was appended is committed now. */
    void committed() {
        tail.trim();
    }

    /**
     * The origin's entries from that sequence on, in order and without gaps, about so many bytes; fewer than there are, or none,
     * where the log has a gap.
     *
     * @throws io.entente.core.bytes.MalformedBytesException when the log's bytes are corrupt: they are never forwarded
     */
    List<EncodedEntry> read(Origin origin, long fromSequence, long limitBytes) {
        List<EncodedEntry> recent = tail.read(origin, fromSequence, limitBytes);
        return recent != null ? recent : readStored(origin, fromSequence, limitBytes);
    }

    private List<EncodedEntry> readStored(Origin origin, long fromSequence, long limitBytes) {
        List<EncodedEntry> read = new ArrayList<>();
        long size = 0;
        long expected = fromSequence;
        try (Scan scan = store.scan(Table.LOG, keys.entry(origin, fromSequence), keys.afterEntries(origin))) {
            while (size < limitBytes && scan.advance()) {
                if (StoreKeys.sequenceOf(scan.key()) != expected) {
                    break;
                }
                EncodedEntry entry = codec.decode(origin, expected, scan.value());
                read.add(entry);
                size += entry.encoded().length();
                expected++;
            }
        }
        return read;
    }
}
