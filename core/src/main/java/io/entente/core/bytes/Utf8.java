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
        if (isAscii(content, from, length)) {
            return new String(content, from, length, StandardCharsets.ISO_8859_1);
        }
        // A new decoder reports malformed input; the convenience methods of String and Charset replace it.
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content, from, length))
                .toString();
    }

    /** Nearly every key and name is, and a decoder costs more than the text. */
    private static boolean isAscii(byte[] content, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (content[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
