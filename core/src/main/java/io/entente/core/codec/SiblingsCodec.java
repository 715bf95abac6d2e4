package io.entente.core.codec;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a record: equal siblings have equal bytes. Confined to one replica. */
public final class SiblingsCodec {

    /** The format written. */
    public static final int FORMAT = 1;

    private final OriginCodec origins;
    private final ByteWriter out = new ByteWriter();

    /** A codec that decodes origins with {@code origins}. */
    public SiblingsCodec(OriginCodec origins) {
        this.origins = origins;
    }

    /** Encodes siblings. */
    public Bytes encode(Siblings siblings) {
        out.reset();
        out.u8(FORMAT);
        out.varint(siblings.size());
        for (Sibling sibling : siblings.versions()) {
            OriginCodec.write(out, sibling.dot().origin());
            out.varint(sibling.dot().sequence());
            out.i64(sibling.timestamp().packed());
            PayloadCodec.write(out, sibling.payload());
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
        if (format != FORMAT) {
            throw new UnsupportedFormatException("the format of a record", format, "format " + FORMAT);
        }
        int size = in.count(28);
        List<Sibling> versions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Dot dot = new Dot(origins.readOrigin(in), Counts.positive(in.varint(), "sequence"));
            versions.add(new Sibling(dot, HybridTimestamp.of(in.i64()), PayloadCodec.read(in)));
        }
        in.expectEnd();
        return new Siblings(versions);
    }
}
