package io.entente.core.bytes;

/**
 * Bytes that are not in the form their reader expected: truncated, damaged, or written by someone else.
 *
 * <p>The message says what was expected, at which offset, and what was there. Reading them again gives the same answer:
 * fetch the bytes anew, or refuse them.
 */
public final class MalformedBytesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a full sentence: what was expected, where, and what was found. */
    public MalformedBytesException(String message) {
        super(message);
    }

    /** With a full sentence and what it rests on. */
    public MalformedBytesException(String message, Throwable cause) {
        super(message, cause);
    }
}
