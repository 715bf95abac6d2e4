package io.entente.core.journal;

import io.entente.conflict.version.Dot;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.record.RecordKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a conflict is called wherever it is seen: the first 128 bits of the SHA-256 of map, key and sibling dots.
 *
 * <p>It is a function of these alone, so replicas that hold the same siblings have the same name for their conflict, in whatever
 * order the writes came. Immutable and thread-safe.
 *
 * @param high the first 64 bits
 * @param low the other 64
 */
public record ConflictId(long high, long low) {

    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{32}");

    /** The identity of the conflict between these writes, in whatever order they are given. */
    public static ConflictId of(RecordKey key, Collection<Dot> siblings) {
        ByteWriter out = new ByteWriter();
        out.string(key.map()).string(key.key());
        TreeSet<Dot> canonical = new TreeSet<>(siblings);
        out.varint(canonical.size());
        for (Dot dot : canonical) {
            OriginCodec.write(out, dot.origin());
            out.varint(dot.sequence());
        }
        ByteReader digest = new ByteReader(sha256(out.take()));
        return new ConflictId(digest.i64(), digest.i64());
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when the text is not of that form
     */
    public static ConflictId parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a conflict's identity has 32 of the characters 0-9 a-f: '" + text + "' is none");
        }
        return new ConflictId(HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
    }

    private static byte[] sha256(Bytes content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content.unsafeArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
