package io.entente.core.codec;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.Ancestry;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a record: equal siblings have equal bytes. Confined to one replica.
 *
 * <pre>
 * u8 format   count   the siblings: origin, sequence, i64 timestamp, payload
 * in format 2 the ancestry, see {@link AncestryCodec}
 * </pre>
 *
 * <p>Format 2 is written only where there is an ancestry.
 */
public final class SiblingsCodec {

    /** The format of records without an ancestry. */
    public static final int FORMAT = 1;

    /** The format of records with one. */
    public static final int FORMAT_WITH_ANCESTRY = 2;

    private static final int LEAST_SIBLING_BYTES = 28;

    private final OriginCodec origins;
    private final ByteWriter out = new ByteWriter();

    /** A codec that decodes origins with {@code origins}. */
    public SiblingsCodec(OriginCodec origins) {
        this.origins = origins;
    }

    /** Encodes siblings. */
    public Bytes encode(Siblings siblings) {
        boolean hasAncestry = !siblings.ancestry().isNone();
        out.reset();
        out.u8(hasAncestry ? FORMAT_WITH_ANCESTRY : FORMAT);
        write(out, siblings.versions());
        if (hasAncestry) {
            AncestryCodec.write(out, siblings);
        }
        return out.toBytes();
    }

    /** Decodes what {@link #encode} made; throws as {@link EntryCodec#decode} does. */
    public Siblings decode(Bytes encoded) {
        return decode(new ByteReader(encoded));
    }

    /** Decodes what {@link #encode} made and {@code in} holds, to its end. */
    public Siblings decode(ByteReader in) {
        int format = in.u8();
        if (format != FORMAT && format != FORMAT_WITH_ANCESTRY) {
            throw new UnsupportedFormatException("the format of a record", format, "formats 1 and 2");
        }
        List<Sibling> versions = read(in);
        Ancestry ancestry = format == FORMAT ? Ancestry.none() : AncestryCodec.read(in, versions, read(in));
        in.expectEnd();
        return new Siblings(versions, ancestry);
    }

    static void write(ByteWriter out, List<Sibling> versions) {
        out.varint(versions.size());
        for (Sibling version : versions) {
            OriginCodec.write(out, version.dot().origin());
            out.varint(version.dot().sequence());
            out.i64(version.timestamp().packed());
            PayloadCodec.write(out, version.payload());
        }
    }

    private List<Sibling> read(ByteReader in) {
        int size = in.count(LEAST_SIBLING_BYTES);
        List<Sibling> versions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Dot dot = new Dot(origins.readOrigin(in), Counts.positive(in.varint(), "sequence"));
            versions.add(new Sibling(dot, HybridTimestamp.of(in.i64()), PayloadCodec.read(in)));
        }
        return versions;
    }
}
