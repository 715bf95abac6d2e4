package io.entente.cluster.settings;

import java.util.List;

/** Settings that can't be used. The message lists all problems, one a line, each with key, value and remedy. */
public final class SettingsException extends IllegalArgumentException {

    private final List<String> problems;

    /** With the problems, at least one. */
    public SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence a problem. */
    public List<String> problems() {
        return problems;
    }
}
