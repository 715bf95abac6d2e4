package io.entente.core.codec;

import io.entente.conflict.version.Dot;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.record.PartRow;
import io.entente.core.record.Tally;
import java.util.Optional;

/**
 * The bytes of a mergeable value's rows: versions as a record's are, and tallies under a first byte of their own. Equal rows have
 * equal bytes. Confined to one replica.
 */
public final class PartRowCodec {

    /** The format of tallies; {@link SiblingsCodec#FORMAT} and its successors stay below. */
    public static final int TALLY_FORMAT = 0x81;

    private final OriginCodec origins;
    private final SiblingsCodec siblings;

    /** A codec that decodes origins with {@code origins}. */
    public PartRowCodec(OriginCodec origins) {
        this.origins = origins;
        this.siblings = new SiblingsCodec(origins);
    }

    /** Encodes a row. */
    public Bytes encode(PartRow row) {
        if (row instanceof PartRow.Versions versions) {
            return siblings.encode(versions.siblings());
        }
        Tally tally = ((PartRow.Contribution) row).tally();
        ByteWriter out = new ByteWriter();
        out.u8(TALLY_FORMAT).varint(tally.first()).varint(tally.last());
        out.varint(PartOperationCodec.zigzagged(tally.total()));
        out.varint(tally.base().isPresent() ? 1 : 0);
        tally.base().ifPresent(base -> {
            out.varint(base.sequence()).varint(PartOperationCodec.zigzagged(base.total()));
            OriginCodec.write(out, base.reset().origin());
            out.varint(base.reset().sequence());
        });
        return out.toBytes();
    }

    /** Decodes what {@link #encode} made; throws as {@link EntryCodec#decode} does. */
    public PartRow decode(Bytes encoded) {
        return decode(new ByteReader(encoded));
    }

    /** Decodes what {@link #encode} made and {@code in} holds, to its end. */
    public PartRow decode(ByteReader in) {
        if (!in.skipIf(new byte[] {(byte) TALLY_FORMAT})) {
            return new PartRow.Versions(siblings.decode(in));
        }
        long first = Counts.positive(in.varint(), "sequence");
        long last = Counts.positive(in.varint(), "sequence");
        long total = PartOperationCodec.zigzag(in.varint());
        Optional<Tally.Base> base = in.varint(1) == 1 ? Optional.of(base(in)) : Optional.empty();
        in.expectEnd();
        try {
            return new PartRow.Contribution(new Tally(first, last, total, base));
        } catch (IllegalArgumentException notOne) {
            throw new MalformedBytesException("not a tally: " + notOne.getMessage(), notOne);
        }
    }

    private Tally.Base base(ByteReader in) {
        long sequence = Counts.positive(in.varint(), "sequence");
        long total = PartOperationCodec.zigzag(in.varint());
        Dot reset = new Dot(origins.readOrigin(in), Counts.positive(in.varint(), "sequence"));
        return new Tally.Base(sequence, total, reset);
    }
}
