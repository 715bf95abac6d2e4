package io.entente.cluster.http;

/** Values as they are shown in sentences: bounded, and without characters that would break a line or a terminal. */
final class Quote {

    private static final int SHOWN = 80;

    private Quote() {}

    /** The text in single quotes, shortened. */
    static String of(String text) {
        return "'" + shortened(text) + "'";
    }

    /** At most the first 80 characters, without quotes. */
    static String shortened(String text) {
        return shortened(text, SHOWN);
    }

    /** At most so many characters; control characters and lone surrogates as {@code ?}. */
    static String shortened(String text, int most) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(most).forEach(c -> shown.appendCodePoint(isPlain(c) ? c : '?'));
        return text.codePointCount(0, text.length()) > most ? shown + "…" : shown.toString();
    }

    private static boolean isPlain(int codePoint) {
        return !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE
                && Character.getType(codePoint) != Character.FORMAT;
    }
}
