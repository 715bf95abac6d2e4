package io.entente.core.codec;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.MalformedBytesException;

/** The bytes of origins and of vectors: 16 bytes and the two names, each with its length. */
public final class OriginCodec {

    private final OriginPool pool;

    /** A codec whose decoded origins come from {@code pool}. */
    public OriginCodec(OriginPool pool) {
        this.pool = pool;
    }

    /** Writes an origin. */
    public static void write(ByteWriter out, Origin origin) {
        out.i64(origin.startedAtMillis());
        out.i64(origin.random());
        out.string(origin.dataCenter());
        out.string(origin.node());
    }

    /** How many bytes {@link #write(ByteWriter, Origin)} takes: names are ASCII and shorter than 128. */
    static int expectedLength(Origin origin) {
        return 2 * Long.BYTES + 2 + origin.dataCenter().length() + origin.node().length();
    }

    /** Reads what {@link #write(ByteWriter, Origin)} wrote; throws {@link MalformedBytesException} on anything else. */
    public Origin readOrigin(ByteReader in) {
        long startedAtMillis = in.i64();
        long random = in.i64();
        Origin known = pool.readKnown(startedAtMillis, random, in);
        if (known != null) {
            return known;
        }
        String dataCenter = in.string();
        String node = in.string();
        try {
            return pool.pooled(new Origin(dataCenter, node, startedAtMillis, random));
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not an origin: " + e.getMessage());
        }
    }

    /** Writes a vector: the number of components, then each origin with its sequence. */
    public static void write(ByteWriter out, VersionVector vector) {
        out.varint(vector.size());
        vector.forEach((origin, sequence) -> {
            write(out, origin);
            out.varint(sequence);
        });
    }

    /** Reads what {@link #write(ByteWriter, VersionVector)} wrote. */
    public VersionVector readVector(ByteReader in) {
        int size = in.count(19);
        VersionVector.Builder vector = new VersionVector.Builder();
        for (int i = 0; i < size; i++) {
            Origin origin = readOrigin(in);
            vector.raise(origin, Counts.positive(in.varint(), "sequence"));
        }
        return vector.build();
    }
}
