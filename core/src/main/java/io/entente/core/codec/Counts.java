package io.entente.core.codec;

import io.entente.core.bytes.MalformedBytesException;

/** Numbers read from bytes that may be garbage. */
final class Counts {

    private Counts() {}

    static long positive(long value, String what) {
        if (value < 1) {
            throw new MalformedBytesException("a " + what + " of " + value + " is not positive");
        }
        return value;
    }

    static long notNegative(long value, String what) {
        if (value < 0) {
            throw new MalformedBytesException("a " + what + " of " + value + " is negative");
        }
        return value;
    }
}
