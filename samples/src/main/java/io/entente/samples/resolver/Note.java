package io.entente.samples.resolver;

import java.util.List;

/**
 * A text that several people write. Immutable.
 *
 * @param title what it is called
 * @param text its lines
 * @param editors who wrote in it
 */
public record Note(String title, String text, List<String> editors) {

    /** Copies the list. */
    public Note {
        editors = List.copyOf(editors);
    }
}
