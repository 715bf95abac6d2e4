package io.entente.core.codec;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a causal context, opaque to clients: base64url, with a version and a checksum.
 *
 * <p>It is bound to its record by 32 bits of hash, so that a context of another key is refused; one in four billion such mistakes
 * passes, and then supersedes nothing, for no sibling of this key has the dots of another. Immutable and thread-safe.
 */
public final class ContextCodec {

    /** The longest text: 4 KiB. */
    public static final int MOST_LENGTH = TokenText.MOST_LENGTH;

    private static final int FORMAT = 0x11;

    /** A number of an origin and a sequence. */
    private static final int LEAST_DOT_BYTES = 2;

    private final TokenText text;

    /**
     * A codec of texts up to a length.
     *
     * @param maxLength 1 to {@link #MOST_LENGTH} characters
     */
    public ContextCodec(int maxLength) {
        text = new TokenText("context", FORMAT, maxLength, "resolve the siblings by a write without a context");
    }

    /**
     * The text of what a client has seen of a record.
     *
     * @throws TokenTooLongException when there are more siblings than a text holds, some hundred of them
     */
    public String encode(RecordKey key, CausalContext context) {
        return text.write(out -> {
            out.u32(hash(key));
            out.u8(context.absent() ? 1 : 0);
            OriginTable table =
                    OriginTable.of(context.dots().stream().map(Dot::origin).toList());
            table.write(out);
            out.varint(context.dots().size());
            context.dots()
                    .forEach(dot -> out.varint(table.numberOf(dot.origin())).varint(dot.sequence()));
        });
    }

    /**
     * The context that {@link #encode} wrote for this record.
     *
     * @throws MalformedTokenException when the text is not one, or belongs to another record
     */
    public CausalContext decode(RecordKey key, String encoded) {
        return text.read(encoded, in -> {
            if (in.u32() != hash(key)) {
                throw MalformedTokenException.of("context", encoded, "belongs to another key than " + key);
            }
            return readContext(in);
        });
    }

    private static CausalContext readContext(ByteReader in) {
        boolean absent = in.varint(1) == 1;
        OriginTable table = OriginTable.read(in);
        List<Dot> dots = new ArrayList<>();
        for (int left = in.count(LEAST_DOT_BYTES); left > 0; left--) {
            Origin origin = table.next(in);
            dots.add(new Dot(origin, Counts.positive(in.varint(), "sequence")));
        }
        if (dots.isEmpty() && !absent) {
            throw new MalformedBytesException("a context without dots that has seen a value");
        }
        return CausalContext.of(dots, absent);
    }

    private static long hash(RecordKey key) {
        return new ByteWriter().raw(RecordKeyCodec.encode(key)).crc32c(0);
    }
}
