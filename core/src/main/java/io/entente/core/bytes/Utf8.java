package io.entente.core.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 without silent replacement: what cannot be expressed is an error, both ways. */
final class Utf8 {

    private Utf8() {}

    static byte[] encode(String text) {
        if (hasLoneSurrogate(text)) {
            throw new IllegalArgumentException("a text of " + text.length()
                    + " characters holds half a surrogate pair and cannot be encoded as UTF-8");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text in the range; a {@link CharacterCodingException} when it is not UTF-8. */
    static String decode(byte[] content, int from, int length) throws CharacterCodingException {
        // A new decoder reports malformed input; the convenience methods of String and Charset replace it.
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content, from, length))
                .toString();
    }

    private static boolean hasLoneSurrogate(String text) {
        // Pairs come out as one code point above the surrogates, so a code point among them has no partner.
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
