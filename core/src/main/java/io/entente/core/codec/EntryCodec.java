package io.entente.core.codec;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.message.EncodedEntry;
import io.entente.core.message.Entry;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of an entry.
 *
 * <pre>
 * u8 format   u32 CRC-32C   the foreign origins that the entry names, each once
 * i64 timestamp   new dependencies (origin's number, sequence)…   map   key   replaced dots (number, sequence)…   payload
 * </pre>
 *
 * <p>The entry's own origin has number 0 and isn't written: log key and wire frame name it. Own origin and sequence go into the
 * checksum all the same, so an entry filed under another one's name is found out. So does the format; that and the place of the
 * checksum are the same in every format to come, so that a damaged entry is never taken for one of another version. Format 2 has the
 * same bytes as 1 and says that the version is kept when it is superseded. Confined to one replica.
 */
public final class EntryCodec {

    /** The format of most entries. */
    public static final int FORMAT = 1;

    /** The format of entries whose versions are kept when they are superseded. */
    public static final int FORMAT_OF_KEPT = 2;

    private static final int CHECKSUM_AT = 1;
    private static final int BODY_AT = 5;

    private final OriginCodec origins;
    private final PartOperationCodec operations;
    private final ByteWriter out = new ByteWriter();
    private final ByteWriter dotBytes = new ByteWriter(3 * Long.BYTES);
    private final CRC32C crc = new CRC32C();

    /** A codec that decodes origins with {@code origins}. */
    public EntryCodec(OriginCodec origins) {
        this.origins = origins;
        this.operations = new PartOperationCodec(origins);
    }

    /** Encodes an entry. */
    public EncodedEntry encode(Entry entry) {
        out.reset();
        int format = entry.isKept() ? FORMAT_OF_KEPT : FORMAT;
        out.u8(format);
        out.u32(0);
        List<Origin> foreign = foreignOrigins(entry);
        out.varint(foreign.size());
        for (Origin origin : foreign) {
            OriginCodec.write(out, origin);
        }
        out.i64(entry.timestamp().packed());
        VersionVector dependencies = entry.newDependencies();
        out.varint(dependencies.size());
        for (int i = 0; i < dependencies.size(); i++) {
            out.varint(numberOf(dependencies.originAt(i), entry, foreign));
            out.varint(dependencies.sequenceAt(i));
        }
        out.string(entry.key().map());
        out.string(entry.key().key());
        out.varint(entry.replaces().size());
        for (Dot dot : entry.replaces()) {
            out.varint(numberOf(dot.origin(), entry, foreign));
            out.varint(dot.sequence());
        }
        PayloadCodec.write(out, entry.payload());
        out.patchU32(CHECKSUM_AT, checksum(format, entry.dot(), out));
        return new EncodedEntry(entry, out.toBytes());
    }

    /**
     * Decodes the entry {@code (origin, sequence)}.
     *
     * @throws MalformedBytesException when the bytes are not what that origin encoded
     * @throws UnsupportedFormatException when they are of a format or kind unknown here
     */
    public EncodedEntry decode(Origin origin, long sequence, Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        int format = in.u8();
        long expected = in.u32();
        long actual = checksum(origin, sequence, encoded);
        if (expected != actual) {
            throw new MalformedBytesException("the entry " + origin + "#" + sequence + " has checksum "
                    + Long.toHexString(actual) + " and claims " + Long.toHexString(expected));
        }
        if (format != FORMAT && format != FORMAT_OF_KEPT) {
            throw new UnsupportedFormatException("the format of a log entry", format, "formats 1 and 2");
        }
        Origin[] named = readOrigins(in, origin);
        HybridTimestamp timestamp = HybridTimestamp.of(in.i64());
        VersionVector dependencies = readDependencies(in, named);
        RecordKey key = new RecordKey(in.string(), in.string());
        List<Dot> replaces = readDots(in, named);
        Payload payload = PayloadCodec.read(in, operations);
        in.expectEnd();
        Dot dot = new Dot(origin, Counts.positive(sequence, "sequence"));
        boolean isKept = format == FORMAT_OF_KEPT;
        return new EncodedEntry(new Entry(dot, dependencies, key, payload, timestamp, replaces, isKept), encoded);
    }

    private Origin[] readOrigins(ByteReader in, Origin own) {
        int foreign = in.count(18);
        Origin[] named = new Origin[foreign + 1];
        named[0] = own;
        for (int i = 1; i <= foreign; i++) {
            named[i] = origins.readOrigin(in);
        }
        return named;
    }

    private static VersionVector readDependencies(ByteReader in, Origin[] named) {
        int size = in.count(2);
        if (size == 0) {
            return VersionVector.empty();
        }
        VersionVector.Builder dependencies = new VersionVector.Builder();
        for (int i = 0; i < size; i++) {
            dependencies.raise(named(in, named), Counts.positive(in.varint(), "sequence"));
        }
        return dependencies.build();
    }

    private static List<Dot> readDots(ByteReader in, Origin[] named) {
        int size = in.count(2);
        List<Dot> dots = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            dots.add(new Dot(named(in, named), Counts.positive(in.varint(), "sequence")));
        }
        return dots;
    }

    private static Origin named(ByteReader in, Origin[] named) {
        long number = in.varint();
        if (number < 0 || number >= named.length) {
            throw new MalformedBytesException("origin number " + number + " of " + named.length);
        }
        return named[(int) number];
    }

    private static List<Origin> foreignOrigins(Entry entry) {
        Origin own = entry.dot().origin();
        VersionVector dependencies = entry.newDependencies();
        List<Origin> foreign =
                new ArrayList<>(dependencies.size() + entry.replaces().size());
        for (int i = 0; i < dependencies.size(); i++) {
            foreign.add(dependencies.originAt(i));
        }
        for (Dot dot : entry.replaces()) {
            if (!dot.origin().equals(own) && !foreign.contains(dot.origin())) {
                foreign.add(dot.origin());
            }
        }
        return foreign;
    }

    private static int numberOf(Origin origin, Entry entry, List<Origin> foreign) {
        return origin.equals(entry.dot().origin()) ? 0 : foreign.indexOf(origin) + 1;
    }

    private long checksum(int format, Dot dot, ByteWriter written) {
        crc.reset();
        crc.update(format);
        written.updateInto(crc, BODY_AT);
        return checksumWithDot(dot.origin(), dot.sequence());
    }

    private long checksum(Origin origin, long sequence, Bytes encoded) {
        crc.reset();
        crc.update(encoded.at(0));
        crc.update(encoded.unsafeArray(), BODY_AT, Math.max(0, encoded.length() - BODY_AT));
        return checksumWithDot(origin, sequence);
    }

    private long checksumWithDot(Origin origin, long sequence) {
        dotBytes.reset().i64(origin.startedAtMillis()).i64(origin.random()).i64(sequence);
        dotBytes.updateInto(crc, 0);
        return crc.getValue();
    }
}
