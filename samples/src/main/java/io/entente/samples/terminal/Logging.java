package io.entente.samples.terminal;

import java.nio.file.Path;

/** Chooses where this process logs to. Must be called before the first class that logs is loaded. */
public final class Logging {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String FILE = "logback.file";
    private static final String NODE = "logback.node";
    private static final String DATA_CENTER = "logback.dataCenter";

    private Logging() {}

    /** Everything from INFO on to a file; warnings of Entente on standard error too, one line each. */
    public static void toFile(Path file) {
        choose("logback-file.xml");
        System.setProperty(FILE, file.toString());
    }

    /** Everything from INFO on to standard error. */
    public static void toConsole(LogForm form) {
        choose(form == LogForm.JSON ? "logback-json.xml" : "logback-console.xml");
    }

    /** Says whose log it is, for forms that say so in every line. */
    public static void of(String node, String dataCenter) {
        System.setProperty(NODE, node);
        System.setProperty(DATA_CENTER, dataCenter);
    }

    /** What the user has chosen with {@code -Dlogback.configurationFile} stays. */
    private static void choose(String configuration) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, configuration);
        }
    }
}
