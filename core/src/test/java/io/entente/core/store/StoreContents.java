package io.entente.core.store;

import io.entente.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What tests read of a store: tables and ranges as lists. */
public final class StoreContents {

    /** Above every key that tests use. */
    private static final Bytes END = endOfKeys();

    private StoreContents() {}

    /** Bytes given as unsigned numbers. */
    public static Bytes bytes(int... unsigned) {
        byte[] bytes = new byte[unsigned.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) unsigned[i];
        }
        return Bytes.wrap(bytes);
    }

    /** A key with its value. */
    public static Map.Entry<Bytes, Bytes> entry(Bytes key, Bytes value) {
        return Map.entry(key, value);
    }

    /** Everything in a table, in the order of a scan. */
    public static List<Map.Entry<Bytes, Bytes>> all(StoreReader reader, Table table) {
        return range(reader, table, Bytes.empty(), END);
    }

    /** A range of a table, in the order of a scan. */
    public static List<Map.Entry<Bytes, Bytes>> range(StoreReader reader, Table table, Bytes from, Bytes to) {
        try (Scan scan = reader.scan(table, from, to)) {
            return rest(scan);
        }
    }

    /** The keys in a range of a table, in the order of a scan. */
    public static List<Bytes> keys(StoreReader reader, Table table, Bytes from, Bytes to) {
        return range(reader, table, from, to).stream().map(Map.Entry::getKey).toList();
    }

    /** All that a scan has not shown yet. */
    public static List<Map.Entry<Bytes, Bytes>> rest(Scan scan) {
        List<Map.Entry<Bytes, Bytes>> entries = new ArrayList<>();
        while (scan.advance()) {
            entries.add(entry(scan.key(), scan.value()));
        }
        return entries;
    }

    private static Bytes endOfKeys() {
        byte[] end = new byte[64];
        Arrays.fill(end, (byte) 255);
        return Bytes.wrap(end);
    }
}
