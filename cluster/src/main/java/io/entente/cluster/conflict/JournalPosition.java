package io.entente.cluster.conflict;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.journal.JournalState;
import io.entente.core.message.NodeId;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far somebody has read the journals of a node: by partition the position of the last conflict. Nothing that is journaled later is
 * passed over, in whatever order partitions commit.
 *
 * <p>As a text it names {@value #MOST_NAMED} partitions, those that were read furthest; the others are read from where the furthest of them
 * was. So where more partitions have conflicts, one that another partition commits late may be passed over; none is read twice.
 * Immutable.
 *
 * @param floor where those partitions are that aren't named
 * @param reached by partition, the position of the last conflict read
 */
record JournalPosition(long floor, SortedMap<Integer, Long> reached) {

    static final int MOST_NAMED = 256;

    /** Before everything. */
    static final JournalPosition START = new JournalPosition(0, Collections.emptySortedMap());

    private static final int FORMAT = 0x21;
    private static final int MOST_PARTITION = 0xFFFF;
    private static final int LEAST_BYTES_NAMED = 2;
    private static final int MOST_TEXT = 8 << 10;

    /** So that milliseconds don't overflow. */
    private static final long LATEST_SECOND = Integer.MAX_VALUE * 1_000L;

    JournalPosition {
        reached = Collections.unmodifiableSortedMap(new TreeMap<>(reached));
    }

    /** Before everything that is journaled from that time on; of times before 1970, before everything. */
    static JournalPosition before(Instant time) {
        long millis = Math.max(0, Math.min(time.getEpochSecond(), LATEST_SECOND)) * 1_000;
        return new JournalPosition(Math.max(0, JournalState.positionAt(millis) - 1), Collections.emptySortedMap());
    }

    long of(int partition) {
        return Math.max(floor, reached.getOrDefault(partition, 0L));
    }

    JournalPosition with(int partition, long position) {
        TreeMap<Integer, Long> further = new TreeMap<>(reached);
        further.put(partition, position);
        return new JournalPosition(floor, further);
    }

    /** The text for that node's journals. */
    String text(NodeId node) {
        JournalPosition named = shortened();
        ByteWriter out = new ByteWriter().u8(FORMAT).u32(fingerprint(node));
        out.varint(named.floor).varint(named.reached.size());
        named.reached.forEach((partition, position) -> out.varint(partition).varint(position));
        out.crc32cSince(0);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(out.toBytes().unsafeArray());
    }

    /**
     * Reads what {@link #text} wrote for that node.
     *
     * @throws IllegalArgumentException when it is of another node, or no such text
     */
    static JournalPosition parse(NodeId node, String text) {
        try {
            if (text.length() > MOST_TEXT) {
                throw new MalformedBytesException("it is too long");
            }
            Bytes bytes = Bytes.wrap(Base64.getUrlDecoder().decode(text));
            ByteReader in = new ByteReader(bytes);
            int format = in.u8();
            long fingerprint = in.u32();
            JournalPosition position = read(in);
            in.expectCrc32cSince(0);
            in.expectEnd();
            if (format != FORMAT) {
                throw new MalformedBytesException("it is of another kind");
            }
            if (fingerprint != fingerprint(node)) {
                throw new IllegalArgumentException("the position belongs to another node's journal than that of " + node
                        + ": go on where you began, or begin anew without a position");
            }
            return position;
        } catch (MalformedBytesException malformed) {
            throw new IllegalArgumentException(
                    "the text is no position in a conflict journal: take one from an answer of this node", malformed);
        }
    }

    private static JournalPosition read(ByteReader in) {
        long floor = notNegative(in.varint());
        TreeMap<Integer, Long> reached = new TreeMap<>();
        for (int left = in.count(LEAST_BYTES_NAMED); left > 0; left--) {
            reached.put(in.varint(MOST_PARTITION), notNegative(in.varint()));
        }
        return new JournalPosition(floor, reached);
    }

    private static long notNegative(long position) {
        if (position < 0 || position == Long.MAX_VALUE) {
            throw new MalformedBytesException("a position of " + position);
        }
        return position;
    }

    private JournalPosition shortened() {
        if (reached.size() <= MOST_NAMED) {
            return this;
        }
        List<Map.Entry<Integer, Long>> furthestFirst = reached.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder()))
                .toList();
        TreeMap<Integer, Long> named = new TreeMap<>();
        furthestFirst.subList(0, MOST_NAMED).forEach(entry -> named.put(entry.getKey(), entry.getValue()));
        return new JournalPosition(Math.max(floor, furthestFirst.get(MOST_NAMED).getValue()), named);
    }

    private static long fingerprint(NodeId node) {
        return new ByteWriter().string(node.toString()).crc32c(0);
    }
}
