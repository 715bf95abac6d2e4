package io.entente.core.codec;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.record.RecordKey;

/**
 * The keys of mergeable values' rows in one partition of a node's store, beside those of {@link StoreKeys}.
 *
 * <pre>
 * RECORD   partition, 80 00, map, key', 'p', part             → versions
 * RECORD   partition, 80 00, map, key', 's', part', origin    → a tally
 * META     partition, 'p', origin, sequence, a row's key      → nothing; a row that is purgeable, by one of its dots
 * </pre>
 *
 * <p>80 00 begins no record's key, since a map's name begins with its length in as few bytes as possible; so listing a map's records never
 * meets a part. A prime marks text in which a byte 00 is written 00 FF and which ends with 00 00: the order stays that of the bytes,
 * all rows of a value lie together, and no value lies inside another one's. Immutable.
 */
public final class PartKeys {

    private static final int NAMESPACE = 0x8000;
    private static final int VERSIONS = 'p';
    private static final int SUMS = 's';
    private static final int PURGEABLE = 'p';
    private static final int ESCAPED = 0xFF;

    private final int partition;

    /** The keys of that partition, 0 to 65535. */
    public PartKeys(int partition) {
        if (partition < 0 || partition > 0xFFFF) {
            throw new IllegalArgumentException("partition " + partition + " is out of range: 0 to 65535");
        }
        this.partition = partition;
    }

    /** The key of a part's versions; what the keys of those begin with whose parts begin so. */
    public Bytes versions(RecordKey key, Bytes part) {
        return value(key).u8(VERSIONS).raw(part).toBytes();
    }

    /** The key of what an origin has contributed to a part. */
    public Bytes tally(RecordKey key, Bytes part, Origin origin) {
        ByteWriter out = value(key).u8(SUMS);
        escape(out, part);
        OriginCodec.write(end(out), origin);
        return out.toBytes();
    }

    /** What the keys of all tallies begin with whose parts begin so. */
    public Bytes tallies(RecordKey key, Bytes prefix) {
        ByteWriter out = value(key).u8(SUMS);
        escape(out, prefix);
        return out.toBytes();
    }

    /** What the keys of all tallies of just this part begin with. */
    public Bytes talliesOf(RecordKey key, Bytes part) {
        ByteWriter out = value(key).u8(SUMS);
        escape(out, part);
        return end(out).toBytes();
    }

    /** What the keys of all rows of a value begin with. */
    public Bytes rows(RecordKey key) {
        return value(key).toBytes();
    }

    /** What the keys of all rows begin with of those values of a map whose keys begin so. */
    public Bytes inMap(String map, String prefix) {
        ByteWriter out = map(map);
        escape(out, Bytes.utf8(prefix));
        return out.toBytes();
    }

    /** The part of a row of versions, in the key of a row that begins with {@link #rows}; {@code null} for one of a tally. */
    @org.jspecify.annotations.Nullable
    public static Bytes partOfVersions(Bytes rowKey, int rowsLength) {
        return rowKey.at(rowsLength) == VERSIONS ? rowKey.slice(rowsLength + 1, rowKey.length()) : null;
    }

    /** The part of a tally, in the key of a row that begins with {@link #rows}. */
    public static Bytes partOfTally(Bytes rowKey, int rowsLength) {
        return unescape(rowKey, rowsLength + 1).text();
    }

    /** The value's key, in the key of a row that begins with {@link #inMap} of that map and no prefix. */
    public static Bytes keyOf(Bytes rowKey, int mapLength) {
        return unescape(rowKey, mapLength).text();
    }

    /** Up to where a row's key names its value: the length of {@link #rows}. */
    public static int rowsLength(Bytes rowKey, int mapLength) {
        return unescape(rowKey, mapLength).end();
    }

    /** Whether a key of {@code RECORD} is that of a mergeable value's row. */
    public static boolean isPart(Bytes key) {
        return key.length() >= 4 && new ByteReader(key.slice(2, 4)).u16() == NAMESPACE;
    }

    /** The value that a row belongs to. */
    public static RecordKey valueOf(Bytes rowKey) {
        ByteReader in = new ByteReader(rowKey);
        in.u16();
        in.u16();
        String map = in.string();
        return new RecordKey(map, keyOf(rowKey, in.position()).utf8());
    }

    /** The origin of a tally. */
    public static Origin originOf(Bytes rowKey, OriginCodec origins) {
        ByteReader in = new ByteReader(rowKey);
        in.u16();
        in.u16();
        in.string();
        int rows = rowsLength(rowKey, in.position());
        int origin = unescape(rowKey, rows + 1).end();
        return origins.readOrigin(new ByteReader(rowKey.slice(origin, rowKey.length())));
    }

    /** The key under which a purgeable row is listed. */
    public Bytes purgeable(Origin origin, long sequence, Bytes rowKey) {
        return listed(origin).i64(sequence).raw(rowKey).toBytes();
    }

    /** The first key under which a row may be listed by a dot of that origin and at least that sequence. */
    public Bytes purgeable(Origin origin, long sequence) {
        return listed(origin).i64(sequence).toBytes();
    }

    private ByteWriter listed(Origin origin) {
        ByteWriter out = new ByteWriter().u16(partition).u8(PURGEABLE);
        OriginCodec.write(out, origin);
        return out;
    }

    private ByteWriter map(String map) {
        return new ByteWriter().u16(partition).u16(NAMESPACE).string(map);
    }

    private ByteWriter value(RecordKey key) {
        ByteWriter out = map(key.map());
        escape(out, Bytes.utf8(key.key()));
        return end(out);
    }

    private static void escape(ByteWriter out, Bytes text) {
        for (byte each : text.unsafeArray()) {
            out.u8(each & 0xFF);
            if (each == 0) {
                out.u8(ESCAPED);
            }
        }
    }

    private static ByteWriter end(ByteWriter out) {
        return out.u16(0);
    }

    private record Unescaped(Bytes text, int end) {}

    private static Unescaped unescape(Bytes from, int start) {
        ByteWriter text = new ByteWriter(from.length() - start);
        int at = start;
        while (at + 1 < from.length()) {
            byte each = from.at(at);
            if (each == 0 && from.at(at + 1) == 0) {
                return new Unescaped(text.take(), at + 2);
            }
            text.u8(each & 0xFF);
            at += each == 0 ? 2 : 1;
        }
        throw new MalformedBytesException("the key of a mergeable value's row has no end of its text: " + from);
    }
}
