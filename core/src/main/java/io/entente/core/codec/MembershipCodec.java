package io.entente.core.codec;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.message.Census;
import io.entente.core.message.Life;
import io.entente.core.message.Registration;
import io.entente.core.message.Retirement;
import java.util.TreeMap;

/**
 * The bytes of lives, retirements and censuses. Terms came later than lives: where all are 0 and nobody was ever retired the bytes are
 * what they were before.
 */
public final class MembershipCodec {

    private static final int SEALED = 1;

    private MembershipCodec() {}

    /** A life as the value of a row. */
    public static Bytes encode(Life life) {
        ByteWriter out = new ByteWriter(28);
        writeBare(out, life);
        return life.term() == 0 ? out.toBytes() : out.varint(life.term()).toBytes();
    }

    /** What {@link #encode(Life)} made. */
    public static Life life(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        Life bare = readBare(in);
        Life life = in.remaining() == 0 ? bare : withTerm(in, bare);
        in.expectEnd();
        return life;
    }

    /** A retirement as the value of a row. */
    public static Bytes encode(Retirement retirement) {
        ByteWriter out = new ByteWriter(3);
        write(out, retirement);
        return out.toBytes();
    }

    /** What {@link #encode(Retirement)} made. */
    public static Retirement retirement(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        Retirement retirement = retirement(in);
        in.expectEnd();
        return retirement;
    }

    /** Appends a life without its term. */
    static void writeBare(ByteWriter out, Life life) {
        out.varint(life.number());
        out.i64(life.registration().high());
        out.i64(life.registration().low());
    }

    static Life readBare(ByteReader in) {
        long number = Counts.notNegative(in.varint(), "number of a life");
        return new Life(number, new Registration(in.i64(), in.i64()));
    }

    /** Reads the term of a life that was read without it. */
    static Life withTerm(ByteReader in, Life bare) {
        return new Life(Counts.notNegative(in.varint(), "term"), bare.number(), bare.registration());
    }

    /** Whether a census needs the form with terms. */
    static boolean hasTerms(Census census) {
        return !census.retired().isEmpty()
                || !census.opened().isEmpty()
                || census.counted().values().stream().anyMatch(life -> life.term() != 0);
    }

    /** Appends the lives of a census, in either form. */
    static void writeCounted(ByteWriter out, Census census, boolean terms) {
        out.varint(census.counted().size());
        census.counted().forEach((node, life) -> {
            out.string(node);
            writeBare(out, life);
            if (terms) {
                out.varint(life.term());
            }
        });
    }

    static TreeMap<String, Life> readCounted(ByteReader in, boolean terms) {
        TreeMap<String, Life> counted = new TreeMap<>();
        for (int left = in.count(18); left > 0; left--) {
            String node = in.string();
            Life bare = readBare(in);
            counted.put(node, terms ? withTerm(in, bare) : bare);
        }
        return counted;
    }

    /** Appends what a census says of members that are retired, or were. */
    static void writeRetired(ByteWriter out, Census census) {
        out.varint(census.retired().size());
        census.retired().forEach((node, retirement) -> {
            out.string(node);
            write(out, retirement);
        });
        out.varint(census.opened().size());
        census.opened().forEach((origin, term) -> {
            OriginCodec.write(out, origin);
            out.varint(term);
        });
    }

    /** What {@link #writeRetired} wrote, and the rest of that census. */
    static Census readRetired(ByteReader in, OriginCodec origins, boolean admitted, TreeMap<String, Life> counted) {
        TreeMap<String, Retirement> retired = new TreeMap<>();
        for (int left = in.count(3); left > 0; left--) {
            retired.put(in.string(), retirement(in));
        }
        TreeMap<Origin, Long> opened = new TreeMap<>();
        for (int left = in.count(19); left > 0; left--) {
            opened.put(origins.readOrigin(in), Counts.notNegative(in.varint(), "term"));
        }
        return new Census(admitted, counted, retired, opened);
    }

    private static void write(ByteWriter out, Retirement retirement) {
        out.varint(retirement.term());
        out.u8(retirement.sealed() ? SEALED : 0);
    }

    private static Retirement retirement(ByteReader in) {
        long term = Counts.notNegative(in.varint(), "term");
        int sealed = in.u8();
        if (sealed > SEALED) {
            throw new MalformedBytesException("the seal of a retirement is said to be " + sealed);
        }
        return new Retirement(term, sealed == SEALED);
    }
}
