package io.entente.core.codec;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.record.RecordKey;
import java.nio.charset.StandardCharsets;

/**
 * The keys of one partition in its node's store.
 *
 * <pre>
 * LOG      partition, origin, sequence           → entry
 * RECORD   partition, map, key                   → siblings
 * META     partition, 'v', origin                → the vector's component
 * META     partition, 'd', origin, origin        → a component of the dependencies of the first origin's last applied entry
 * META     partition, 't', origin, sequence      → the key of a record that waits for a purge, by one of its versions
 * META     partition, 'm', node                  → the member's registration
 * META     partition, 'a'                        → the registration under which this replica is admitted
 * JOURNAL  partition, 'c', position              → a conflict
 * JOURNAL  partition, 'k', map, key              → the positions of the key's conflicts
 * JOURNAL  partition, 's'                        → how full the journal is
 * META     partition, 'f', origin                → the sequence of the first entry that the origin's log still has
 * META     partition, 'l', origin, sequence      → how many bytes of the origin's log were written up to that entry
 * META     partition, 'r', node                  → the member's retirement
 * META     partition, 'o', origin                → the term of an origin of a member that came back
 * META     partition, 'b'                        → the term in which this replica's memory began; none for 0
 * META     partition, 'w', origin, sequence      → the write that was made anew of that one, which was past a seal
 * META     partition, 'e'                        → the epoch in force
 * META     partition, 'p'                        → the latest ballot promised
 * META     partition, 'u'                        → the latest ballot promised to an epoch that was not to be settled
 * META     partition, 'j'                        → how far a snapshot has been fetched or merged
 * STAGING  partition, place                      → a row of a snapshot; nothing where its record is merged already
 * </pre>
 *
 * <p>The <i>place</i> of a row in a snapshot is its kind (0 of {@code META}, 1 of {@code RECORD}) and its key without the partition.
 *
 * <p>Those of mergeable values' parts are in {@link PartKeys}. Numbers are big-endian, so that byte order is number order. Immutable.
 */
public final class StoreKeys {

    private static final int VECTOR = 'v';
    private static final int DEPENDENCIES = 'd';
    private static final int PURGEABLES = 't';
    private static final int MEMBERS = 'm';
    private static final int ADMISSION = 'a';
    private static final int CONFLICTS = 'c';
    private static final int CONFLICTS_OF_KEY = 'k';
    private static final int JOURNAL_STATE = 's';
    private static final int FIRST_KEPT = 'f';
    private static final int LOG_MARKS = 'l';
    private static final int JOINING = 'j';
    private static final int RETIREMENTS = 'r';
    private static final int OPENED = 'o';
    private static final int BEGINNING = 'b';
    private static final int SALVAGED = 'w';
    private static final int EPOCH = 'e';
    private static final int PROMISED = 'p';
    private static final int UNSETTLED = 'u';
    private static final int META_PLACE = 0;
    private static final int RECORD_PLACE = 1;

    private final int partition;

    /** The keys of that partition, 0 to 65535. */
    public StoreKeys(int partition) {
        if (partition < 0 || partition > 0xFFFF) {
            throw new IllegalArgumentException("partition " + partition + " is out of range: 0 to 65535");
        }
        this.partition = partition;
    }

    /** The key of an entry. */
    public Bytes entry(Origin origin, long sequence) {
        ByteWriter out = new ByteWriter(Short.BYTES + OriginCodec.expectedLength(origin) + Long.BYTES);
        out.u16(partition);
        OriginCodec.write(out, origin);
        return out.i64(sequence).take();
    }

    /** The first key after every entry of that origin. */
    public Bytes afterEntries(Origin origin) {
        return entry(origin, -1L);
    }

    /** The sequence in the key of an entry, or of a record listed for a purge, and the position in that of a conflict. */
    public static long sequenceOf(Bytes key) {
        return new ByteReader(key.slice(key.length() - Long.BYTES, key.length())).i64();
    }

    /** The key of a record. */
    public Bytes record(RecordKey key) {
        return inMap(key.map(), key.key());
    }

    /** The first key at or after {@code key} in a map; the first of the map for an empty text. */
    public Bytes inMap(String map, String key) {
        byte[] inside = key.getBytes(StandardCharsets.UTF_8);
        ByteWriter out = new ByteWriter(Short.BYTES + 1 + map.length() + inside.length);
        return out.u16(partition).string(map).raw(inside).take();
    }

    /** The first key after all keys of a map. */
    public Bytes afterMap(String map) {
        return successor(inMap(map, ""));
    }

    /** The smallest key that has not {@code prefix} as its beginning and comes after all that have. */
    public static Bytes successor(Bytes prefix) {
        byte[] next = prefix.toArray();
        int last = next.length - 1;
        while (last >= 0 && next[last] == (byte) 0xFF) {
            last--;
        }
        if (last < 0) {
            throw new IllegalArgumentException("no key comes after all that begin with " + prefix);
        }
        next[last]++;
        return Bytes.wrap(next).slice(0, last + 1);
    }

    /** The first key after that one. */
    public static Bytes behind(Bytes key) {
        return new ByteWriter(key.length() + 1).raw(key).u8(0).take();
    }

    /** The record named by a key of {@code RECORD}. */
    public static RecordKey recordOf(Bytes key) {
        ByteReader in = new ByteReader(key);
        in.u16();
        String map = in.string();
        return new RecordKey(
                map, key.slice(key.length() - in.remaining(), key.length()).utf8());
    }

    /** The first key of this partition in any table. */
    public Bytes first() {
        return begin().toBytes();
    }

    /** The first key after this partition in any table. */
    public Bytes last() {
        return new ByteWriter()
                .u8(partition >>> 8)
                .u8(partition & 0xFF)
                .raw(new byte[] {(byte) 0xFF})
                .toBytes();
    }

    /** The key of the vector's component for that origin. */
    public Bytes vector(Origin origin) {
        return meta(VECTOR, origin).toBytes();
    }

    /** What all keys of vector components begin with. */
    public Bytes vectors() {
        return begin().u8(VECTOR).toBytes();
    }

    /** The key of one component of the dependencies of an origin. */
    public Bytes dependency(Origin origin, Origin on) {
        ByteWriter out = meta(DEPENDENCIES, origin);
        OriginCodec.write(out, on);
        return out.toBytes();
    }

    /** What all keys of dependencies begin with. */
    public Bytes dependencies() {
        return begin().u8(DEPENDENCIES).toBytes();
    }

    /** The key under which a record is listed for a purge, by the dot of one of its versions. */
    public Bytes purgeable(Origin origin, long sequence) {
        return meta(PURGEABLES, origin).i64(sequence).toBytes();
    }

    /** What all keys of records listed for a purge begin with. */
    public Bytes purgeables() {
        return begin().u8(PURGEABLES).toBytes();
    }

    /** The key of a member's registration. */
    public Bytes member(String node) {
        return begin().u8(MEMBERS).string(node).toBytes();
    }

    /** What all keys of members' registrations begin with. */
    public Bytes members() {
        return begin().u8(MEMBERS).toBytes();
    }

    /** The key of this replica's own admission. */
    public Bytes admission() {
        return begin().u8(ADMISSION).toBytes();
    }

    /** The key of the conflict at that position of the journal, 0 or more. */
    public Bytes conflict(long position) {
        return begin().u8(CONFLICTS).i64(position).toBytes();
    }

    /** The first key after all conflicts. */
    public Bytes afterConflicts() {
        return successor(begin().u8(CONFLICTS).toBytes());
    }

    /** The key under which it stands where the conflicts of a record are. */
    public Bytes conflictsOf(RecordKey key) {
        return begin().u8(CONFLICTS_OF_KEY).raw(RecordKeyCodec.encode(key)).toBytes();
    }

    /** The key of how full the journal is. */
    public Bytes journalState() {
        return begin().u8(JOURNAL_STATE).toBytes();
    }

    /** The key under which it stands where an origin's log begins. */
    public Bytes firstKept(Origin origin) {
        return meta(FIRST_KEPT, origin).toBytes();
    }

    /** What all keys of logs' beginnings begin with. */
    public Bytes firstKept() {
        return begin().u8(FIRST_KEPT).toBytes();
    }

    /** The key under which it stands how many bytes of an origin's log were written up to an entry. */
    public Bytes logMark(Origin origin, long sequence) {
        return meta(LOG_MARKS, origin).i64(sequence).toBytes();
    }

    /** The first key after all marks in an origin's log. */
    public Bytes afterLogMarks(Origin origin) {
        return logMark(origin, -1L);
    }

    /** The key under which it stands how far a snapshot was fetched or merged. */
    public Bytes joining() {
        return begin().u8(JOINING).toBytes();
    }

    /** The key of a member's retirement. */
    public Bytes retirement(String node) {
        return begin().u8(RETIREMENTS).string(node).toBytes();
    }

    /** What all keys of retirements begin with. */
    public Bytes retirements() {
        return begin().u8(RETIREMENTS).toBytes();
    }

    /** The key of the term of an origin whose member was retired before and came back. */
    public Bytes opened(Origin origin) {
        return meta(OPENED, origin).toBytes();
    }

    /** What all keys of such origins' terms begin with. */
    public Bytes opened() {
        return begin().u8(OPENED).toBytes();
    }

    /** The key of the term in which this replica's memory began. */
    public Bytes beginning() {
        return begin().u8(BEGINNING).toBytes();
    }

    /** The key under which it stands what was made of a write past a seal. */
    public Bytes salvaged(Origin origin, long sequence) {
        return meta(SALVAGED, origin).i64(sequence).toBytes();
    }

    /** The key of the epoch in force. */
    public Bytes epoch() {
        return begin().u8(EPOCH).toBytes();
    }

    /** The key of the latest ballot promised. */
    public Bytes promised() {
        return begin().u8(PROMISED).toBytes();
    }

    /** The key of the latest ballot promised to an epoch that was not to be settled. */
    public Bytes unsettled() {
        return begin().u8(UNSETTLED).toBytes();
    }

    /** The key of the staged row at that place. */
    public Bytes staged(Bytes place) {
        return begin().raw(place).toBytes();
    }

    /** The key in its table of the row at that place. */
    public Bytes keyOf(Bytes place) {
        return begin().raw(place.slice(1, place.length())).toBytes();
    }

    /** The place of a row of {@code META}. */
    public static Bytes placeOfMeta(Bytes key) {
        return place(META_PLACE, key);
    }

    /** The place of a row of {@code RECORD}. */
    public static Bytes placeOfRecord(Bytes key) {
        return place(RECORD_PLACE, key);
    }

    /** The place of the row that is staged under that key. */
    public static Bytes placeOfStaged(Bytes key) {
        return key.slice(Short.BYTES, key.length());
    }

    /** Whether the row at that place is one of {@code RECORD}. */
    public static boolean isOfRecord(Bytes place) {
        return !place.isEmpty() && place.at(0) == RECORD_PLACE;
    }

    private static Bytes place(int kind, Bytes key) {
        return new ByteWriter(key.length())
                .u8(kind)
                .raw(key.slice(Short.BYTES, key.length()))
                .toBytes();
    }

    /** A reader placed behind the partition and kind of a key of {@code META}. */
    public static ByteReader metaTail(Bytes key) {
        ByteReader in = new ByteReader(key);
        if (key.length() < 3) {
            throw new MalformedBytesException("a key of " + key.length() + " bytes in META");
        }
        in.u16();
        in.u8();
        return in;
    }

    private ByteWriter meta(int kind, Origin origin) {
        ByteWriter out = begin().u8(kind);
        OriginCodec.write(out, origin);
        return out;
    }

    private ByteWriter begin() {
        return new ByteWriter().u16(partition);
    }
}
