package io.entente.cluster.forwarding;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.record.Part;
import java.util.ArrayList;
import java.util.List;

/** The bytes of parts of mergeable values. Reading is confined to one thread. */
final class PartForms {

    private static final int VERSIONS = 0;
    private static final int SUM = 1;

    /** A name and a kind, and no versions. */
    private static final int LEAST_PART_BYTES = 3;

    private final SiblingsCodec siblings;

    PartForms(SiblingsCodec siblings) {
        this.siblings = siblings;
    }

    static void write(ByteWriter out, List<Part> parts) {
        SiblingsCodec codec = new SiblingsCodec(new OriginCodec(new OriginPool()));
        out.varint(parts.size());
        for (Part part : parts) {
            out.bytes(part.name());
            if (part.sum().isPresent()) {
                out.u8(SUM).i64(part.sum().getAsLong());
            } else {
                out.u8(VERSIONS).bytes(codec.encode(part.versions()));
            }
        }
    }

    List<Part> read(ByteReader in) {
        List<Part> parts = new ArrayList<>();
        for (int left = in.count(LEAST_PART_BYTES); left > 0; left--) {
            Bytes name = in.bytes();
            int kind = in.u8();
            parts.add(
                    switch (kind) {
                        case VERSIONS -> Part.of(name, siblings.decode(in.bytes()));
                        case SUM -> Part.of(name, in.i64());
                        default ->
                            throw new UnsupportedFormatException("the kind of a forwarded part", kind, "0 and 1");
                    });
        }
        return parts;
    }
}
