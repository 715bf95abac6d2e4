package io.entente.cluster.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding as RFC 3986 has it, strictly: a stray {@code %} and bytes that are not UTF-8 are errors, where lenient decoders
 * make them U+FFFD and so let two different texts name one key.
 */
final class PercentEncoding {

    private PercentEncoding() {}

    /**
     * The text that one encoded component stands for.
     *
     * @throws IllegalArgumentException with what is wrong and the remedy
     */
    static String decode(String encoded) {
        return decode(encoded, false);
    }

    /** The same for a component of a query, where {@code +} stands for a space. */
    static String decodeInQuery(String encoded) {
        return decode(encoded, true);
    }

    private static String decode(String encoded, boolean plusIsSpace) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(octet(encoded, i));
                i += 2;
            } else {
                bytes.write(c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return utf8(bytes.toByteArray(), encoded);
    }

    private static int octet(String encoded, int percent) {
        int high = percent + 2 < encoded.length() ? Character.digit(encoded.charAt(percent + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(encoded.charAt(percent + 2), 16);
        if (low < 0) {
            String found = encoded.substring(percent, Math.min(encoded.length(), percent + 3));
            throw new IllegalArgumentException("'" + found + "' is no percent-encoded byte: write % and two hexadecimal"
                    + " digits, and a percent sign itself as %25");
        }
        return (high << 4) | low;
    }

    private static String utf8(byte[] bytes, String encoded) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new IllegalArgumentException(
                    "'" + Quote.shortened(encoded)
                            + "' does not stand for UTF-8: encode the text as UTF-8 first, and then each byte",
                    notUtf8);
        }
    }
}
