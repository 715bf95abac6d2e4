package io.entente.core.codec;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The text form that all tokens share: base64url without padding of a format byte, the content, and a CRC32C of both.
 *
 * <p>The checksum finds accidents, not forgeries: a token grants nothing, it only says what its bearer has seen.
 *
 * @param kind what the token is called in messages
 * @param format the first byte: which kind of token, and which version of its form
 * @param maxLength the most characters of a text
 * @param remedy what helps when a text would be longer
 */
record TokenText(String kind, int format, int maxLength, String remedy) {

    /** The longest text of any token: it has to fit into a header. */
    static final int MOST_LENGTH = 4_096;

    TokenText {
        if (maxLength < 1 || maxLength > MOST_LENGTH) {
            throw new IllegalArgumentException(
                    "the limit of a " + kind + " is 1 to " + MOST_LENGTH + " characters, not " + maxLength);
        }
    }

    /** The text of what {@code content} writes; throws {@link TokenTooLongException} when it is too long. */
    String write(Consumer<ByteWriter> content) {
        ByteWriter out = new ByteWriter().u8(format);
        content.accept(out);
        out.crc32cSince(0);
        String text = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(out.toBytes().unsafeArray());
        if (text.length() > maxLength) {
            throw new TokenTooLongException(kind, text.length(), maxLength, remedy);
        }
        return text;
    }

    /** What {@code content} reads from a text; throws {@link MalformedTokenException} for anything it didn't write. */
    <T> T read(String text, Function<ByteReader, T> content) {
        Bytes bytes = decode(text);
        try {
            requireIntact(bytes, text);
            ByteReader in = new ByteReader(bytes.slice(1, bytes.length() - Integer.BYTES));
            T value = content.apply(in);
            in.expectEnd();
            return value;
        } catch (MalformedBytesException malformed) {
            throw MalformedTokenException.of(kind, text, "is not well-formed");
        }
    }

    private Bytes decode(String text) {
        if (text.isEmpty()) {
            throw MalformedTokenException.of(kind, text, "is empty");
        }
        if (text.length() > maxLength) {
            throw MalformedTokenException.of(
                    kind, text, "has " + text.length() + " characters, and the limit is " + maxLength);
        }
        try {
            return Bytes.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            throw MalformedTokenException.of(kind, text, "has characters that no token has");
        }
    }

    private void requireIntact(Bytes bytes, String text) {
        if (bytes.length() < 1 + Integer.BYTES) {
            throw MalformedTokenException.of(kind, text, "is cut short");
        }
        ByteReader in = new ByteReader(bytes);
        int found = in.u8();
        in.raw(bytes.length() - 1 - Integer.BYTES);
        try {
            in.expectCrc32cSince(0);
        } catch (MalformedBytesException damaged) {
            throw MalformedTokenException.of(kind, text, "is damaged");
        }
        if (found != format) {
            throw MalformedTokenException.of(kind, text, "is of another kind, or of another version of Entente");
        }
    }
}
