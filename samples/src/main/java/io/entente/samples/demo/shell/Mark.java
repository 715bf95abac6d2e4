package io.entente.samples.demo.shell;

import java.util.Optional;
import java.util.stream.Stream;

/** How something is, as a symbol in front of it, and a colour where these are wanted: the symbol alone says as much. */
enum Mark {
    GOOD('\u2714', "green"),
    BAD('\u2716', "red"),
    PASSING('\u21bb', "yellow");

    private final char symbol;
    private final String colour;

    Mark(char symbol, String colour) {
        this.symbol = symbol;
        this.colour = colour;
    }

    /** A text with the symbol. */
    String of(String text) {
        return symbol + " " + text;
    }

    /** The mark that a text has. */
    private static Optional<Mark> in(String text) {
        return Stream.of(values())
                .filter(mark -> text.startsWith(mark.symbol + " "))
                .findFirst();
    }

    /** A text in the colour of its mark, if it has one. */
    static String coloured(ShellContext context, String text) {
        return in(text).map(mark -> context.ansi().string("@|" + mark.colour + " " + text + "|@"))
                .orElse(text);
    }

    /** A text without its symbol, if it has one. */
    static String without(String text) {
        return in(text).map(mark -> text.substring(2)).orElse(text);
    }
}
