package io.entente.samples.terminal;

import java.util.Locale;
import java.util.Optional;

/** What a log looks like. */
public enum LogForm {
    /** A line for people. */
    TEXT,
    /** A JSON object a line, for programs: time, level, logger, thread, message, exception, and whose log it is. */
    JSON;

    private static final String VARIABLE = "ENTENTE_LOG";

    /**
     * What the option says, else what the environment says, else text.
     *
     * @throws MisuseException when the environment says something else
     */
    public static LogForm chosen(Optional<LogForm> option) {
        return option.or(() -> Optional.ofNullable(System.getenv(VARIABLE)).map(LogForm::parsed))
                .orElse(TEXT);
    }

    private static LogForm parsed(String text) {
        for (LogForm form : values()) {
            if (form.name().equals(text.toUpperCase(Locale.ROOT))) {
                return form;
            }
        }
        throw new MisuseException(VARIABLE + " = '" + text + "' is no form of a log: set it to text or json");
    }
}
