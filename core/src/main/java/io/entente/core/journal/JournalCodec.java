package io.entente.core.journal;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a journaled conflict, without its position, which is its key.
 *
 * <pre>
 * u8 format   map   key   i64 at   identity   extended identity, or none   siblings…   ancestors…
 * a version: origin   sequence   i64 timestamp   kind   content, nothing, or a size
 * </pre>
 *
 * Format 1, which is read too, has one ancestor at the most. Confined to one thread.
 */
public final class JournalCodec {

    /** The format written. */
    public static final int FORMAT = 2;

    private static final int FIRST_FORMAT = 1;

    private static final int VALUE = 0;
    private static final int DELETION = 1;
    private static final int MEASURED = 2;

    /** An origin with two empty names, a sequence, a timestamp and a kind. */
    private static final int LEAST_VERSION_BYTES = 28;

    private final OriginCodec origins;
    private final ByteWriter out = new ByteWriter();

    /** A codec that decodes origins with {@code origins}. */
    public JournalCodec(OriginCodec origins) {
        this.origins = origins;
    }

    /** Encodes a conflict. */
    public Bytes encode(JournaledConflict conflict) {
        out.reset();
        out.u8(FORMAT);
        out.string(conflict.key().map());
        out.string(conflict.key().key());
        out.i64(conflict.atMillis());
        write(conflict.id());
        out.u8(conflict.extended().isPresent() ? 1 : 0);
        conflict.extended().ifPresent(this::write);
        out.varint(conflict.siblings().size());
        conflict.siblings().forEach(this::write);
        out.varint(conflict.ancestors().size());
        conflict.ancestors().forEach(this::write);
        return out.toBytes();
    }

    /**
     * Decodes what {@link #encode} made.
     *
     * @throws MalformedBytesException when the bytes are none
     * @throws UnsupportedFormatException when they are of a format or kind unknown here
     */
    public JournaledConflict decode(long position, Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        RecordKey key = readKey(in);
        long atMillis = in.i64();
        ConflictId id = readId(in);
        Optional<ConflictId> extended = in.varint(1) == 1 ? Optional.of(readId(in)) : Optional.empty();
        List<JournaledVersion> siblings = readVersions(in);
        List<JournaledVersion> ancestors = readVersions(in);
        in.expectEnd();
        return new JournaledConflict(position, id, key, siblings, ancestors, extended, atMillis);
    }

    private List<JournaledVersion> readVersions(ByteReader in) {
        List<JournaledVersion> versions = new ArrayList<>();
        for (int left = in.count(LEAST_VERSION_BYTES); left > 0; left--) {
            versions.add(readVersion(in));
        }
        return versions;
    }

    /** The record that an encoded conflict is about; the rest is not looked at. */
    static RecordKey keyOf(Bytes encoded) {
        return readKey(new ByteReader(encoded));
    }

    private static RecordKey readKey(ByteReader in) {
        int format = in.u8();
        if (format < FIRST_FORMAT || format > FORMAT) {
            throw new UnsupportedFormatException(
                    "the format of a journaled conflict", format, "formats " + FIRST_FORMAT + " to " + FORMAT);
        }
        return new RecordKey(in.string(), in.string());
    }

    private void write(ConflictId id) {
        out.i64(id.high()).i64(id.low());
    }

    private static ConflictId readId(ByteReader in) {
        return new ConflictId(in.i64(), in.i64());
    }

    private void write(JournaledVersion version) {
        OriginCodec.write(out, version.dot().origin());
        out.varint(version.dot().sequence());
        out.i64(version.timestamp().packed());
        Payload payload = version.payload().orElse(null);
        if (payload instanceof Payload.Value value) {
            out.u8(VALUE);
            out.bytes(value.content());
        } else if (payload != null && payload.isDeletion()) {
            out.u8(DELETION);
        } else {
            out.u8(MEASURED);
            out.varint(version.length());
        }
    }

    private JournaledVersion readVersion(ByteReader in) {
        Origin origin = origins.readOrigin(in);
        long sequence = in.varint();
        if (sequence < 1) {
            throw new MalformedBytesException("a sequence of " + sequence + " is not positive");
        }
        HybridTimestamp timestamp = HybridTimestamp.of(in.i64());
        Dot dot = new Dot(origin, sequence);
        int kind = in.u8();
        return switch (kind) {
            case VALUE -> whole(dot, timestamp, Payload.value(in.bytes()));
            case DELETION -> whole(dot, timestamp, Payload.deletion());
            case MEASURED -> new JournaledVersion(dot, timestamp, Optional.empty(), in.varint(Integer.MAX_VALUE));
            default ->
                throw new UnsupportedFormatException(
                        "the kind of a journaled version", kind, "0 (value), 1 (deletion) and 2 (size alone)");
        };
    }

    private static JournaledVersion whole(Dot dot, HybridTimestamp timestamp, Payload payload) {
        return new JournaledVersion(dot, timestamp, Optional.of(payload), payload.length());
    }
}
