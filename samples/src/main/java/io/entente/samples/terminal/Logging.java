package io.entente.samples.terminal;

import java.nio.file.Path;

/** Chooses where this process logs to. Must be called before the first class that logs is loaded. */
public final class Logging {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String FILE = "logback.file";

    private Logging() {}

    /** Everything from INFO on to a file; warnings of Entente on standard error too, one line each. */
    public static void toFile(Path file) {
        choose("logback-file.xml");
        System.setProperty(FILE, file.toString());
    }

    /** Everything from INFO on to standard error. */
    public static void toConsole() {
        choose("logback-console.xml");
    }

    /** What the user has chosen with {@code -Dlogback.configurationFile} stays. */
    private static void choose(String configuration) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, configuration);
        }
    }
}
