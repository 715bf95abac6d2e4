package io.entente.cluster.map;

/** A value that has no bytes, or bytes that are no value, in a codec's form. */
public final class CodecException extends RuntimeException {

    /** With what is wrong, as the rest of a sentence about the value. */
    public CodecException(String message) {
        super(message);
    }

    /** With what is wrong and what it rests on. */
    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
