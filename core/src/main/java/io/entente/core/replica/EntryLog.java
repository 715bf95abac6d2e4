package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.EncodedEntry;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.List;

/** The per-origin logs: appended to by steps, read by feeds, from memory where it is recent. */
final class EntryLog {

    private final StoreReader store;
    private final StoreKeys keys;
    private final EntryCodec codec;
    private final Tail tail;

    EntryLog(StoreReader store, StoreKeys keys, EntryCodec codec, long tailBytes) {
        this.store = store;
        this.keys = keys;
        this.codec = codec;
        this.tail = new Tail(tailBytes);
    }

    void append(EncodedEntry entry, WriteBatch batch) {
        var dot = entry.entry().dot();
        batch.put(Table.LOG, keys.entry(dot.origin(), dot.sequence()), entry.encoded());
        tail.add(entry);
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
