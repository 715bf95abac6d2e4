package io.entente.core.codec;

/** A text that a client sent as a token and that is none: damaged, cut short, of another kind, or made up. */
public final class MalformedTokenException extends IllegalArgumentException {

    private static final int SHOWN_CHARACTERS = 24;

    private MalformedTokenException(String message) {
        super(message);
    }

    /** A full sentence of the kind of token, its beginning, what is wrong with it, and what to do. */
    static MalformedTokenException of(String kind, String text, String problem) {
        String shown = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
        return new MalformedTokenException("the " + kind + " '" + printable(shown) + "' " + problem
                + ": send it exactly as it was received, or read again");
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7E…]", "?");
    }
}
