package io.entente.samples.terminal;

import io.entente.cluster.settings.SettingsException;

/** The exit codes of the programs in this module. */
public final class ExitCode {

    /** All went well. */
    public static final int OK = 0;

    /** What was asked was understood and did not succeed. */
    public static final int FAILURE = 1;

    /** What was asked can't be right. */
    public static final int MISUSE = 2;

    private ExitCode() {}

    /** The code for what was thrown. */
    public static int of(Throwable thrown) {
        Throwable failure = Sentences.unwrapped(thrown);
        return failure instanceof MisuseException || failure instanceof SettingsException ? MISUSE : FAILURE;
    }
}
