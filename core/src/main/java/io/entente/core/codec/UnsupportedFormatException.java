package io.entente.core.codec;

/** Bytes are whole but of a format, or with a content, that this version of the code doesn't know. */
public final class UnsupportedFormatException extends RuntimeException {

    /**
     * @param what the thing read
     * @param found the number found
     * @param known the numbers known, in words
     */
    public UnsupportedFormatException(String what, int found, String known) {
        super(what + " is " + found + ", and this version of Entente knows " + known
                + ": run a version that knows it on every node that must read this data");
    }
}
