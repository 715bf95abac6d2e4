package io.entente.samples.demo.shell;

import java.util.Arrays;
import java.util.List;

/**
 * The words of a line, which spaces part. Nothing is quoted: the last word may be the rest of the line, and what that means is up to
 * the command.
 *
 * @param words the words, none of them empty
 */
record Words(List<String> words) {

    /** What a comment begins with. */
    static final String COMMENT = "#";

    Words {
        words = List.copyOf(words);
    }

    /** All words. */
    static Words of(String line) {
        return of(line, 0);
    }

    /** At most so many words, the last of which is the rest of the line; all when that is 0. */
    static Words of(String line, int most) {
        String text = line.strip();
        return new Words(text.isEmpty() ? List.of() : Arrays.asList(text.split("\\s+", most)));
    }

    /** The first word. */
    String first() {
        return words.get(0);
    }

    /** The second word or rest; empty when there is none. */
    String rest() {
        return words.size() > 1 ? words.get(1) : "";
    }

    /** The words up to the first that begins a comment. */
    Words beforeComment() {
        return new Words(
                words.stream().takeWhile(word -> !word.startsWith(COMMENT)).toList());
    }
}
