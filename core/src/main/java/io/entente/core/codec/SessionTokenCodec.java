package io.entente.core.codec;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The text of what a session has seen, a version vector a partition: base64url, with a version and a checksum.
 *
 * <p>Immutable and thread-safe.
 */
public final class SessionTokenCodec {

    /** The longest text: 4 KiB. */
    public static final int MOST_LENGTH = TokenText.MOST_LENGTH;

    /** Partitions are numbered from 0 to one less than this. */
    public static final int MOST_PARTITIONS = 1_024;

    private static final int FORMAT = 0x21;

    /** The number of a partition and of its components. */
    private static final int LEAST_PARTITION_BYTES = 2;

    /** A number of an origin and a sequence. */
    private static final int LEAST_COMPONENT_BYTES = 2;

    private final TokenText text;

    /**
     * A codec of texts up to a length.
     *
     * @param maxLength 1 to {@link #MOST_LENGTH} characters
     */
    public SessionTokenCodec(int maxLength) {
        text = new TokenText(
                "session token", FORMAT, maxLength, "begin a new session, or divide keys into fewer partitions");
    }

    /**
     * The text of vectors by partition; empty vectors are left out.
     *
     * @throws TokenTooLongException when the session has seen more partitions and origins than a text holds
     */
    public String encode(SortedMap<Integer, VersionVector> vectors) {
        return text.write(out -> {
            List<Origin> origins = new ArrayList<>();
            SortedMap<Integer, VersionVector> present = new TreeMap<>(vectors);
            present.values().removeIf(VersionVector::isEmpty);
            present.values().forEach(vector -> vector.forEach((origin, sequence) -> origins.add(origin)));
            OriginTable table = OriginTable.of(origins);
            table.write(out);
            out.varint(present.size());
            present.forEach((partition, vector) -> write(out.varint(partition), vector, table));
        });
    }

    /**
     * The vectors that {@link #encode} wrote.
     *
     * @throws MalformedTokenException when the text is not one
     */
    public SortedMap<Integer, VersionVector> decode(String encoded) {
        return text.read(encoded, in -> {
            OriginTable table = OriginTable.read(in);
            SortedMap<Integer, VersionVector> vectors = new TreeMap<>();
            for (int left = in.count(LEAST_PARTITION_BYTES); left > 0; left--) {
                int partition = in.varint(MOST_PARTITIONS - 1);
                if (vectors.put(partition, read(in, table)) != null) {
                    throw new MalformedBytesException("partition " + partition + " comes twice");
                }
            }
            return vectors;
        });
    }

    private static void write(ByteWriter out, VersionVector vector, OriginTable table) {
        out.varint(vector.size());
        vector.forEach((origin, sequence) -> out.varint(table.numberOf(origin)).varint(sequence));
    }

    private static VersionVector read(ByteReader in, OriginTable table) {
        VersionVector.Builder vector = new VersionVector.Builder();
        for (int left = in.count(LEAST_COMPONENT_BYTES); left > 0; left--) {
            Origin origin = table.next(in);
            vector.raise(origin, Counts.positive(in.varint(), "sequence"));
        }
        return vector.build();
    }
}
