package io.entente.samples.terminal;

import io.entente.cluster.settings.ModeSettings;
import io.entente.core.message.ReplicationMode;

/** Reads {@code --mode}. */
public final class ModeOption {

    private ModeOption() {}

    /**
     * The mode of that name, on the terms that are configured.
     *
     * @throws MisuseException when there is none
     */
    public static ReplicationMode of(String name, ModeSettings configured) {
        require(name);
        return configured.named(name);
    }

    /**
     * Refuses what is no mode's name.
     *
     * @throws MisuseException when it is none
     */
    public static void require(String name) {
        if (!ModeSettings.NAMES.contains(name)) {
            throw new MisuseException(
                    "--mode " + name + " is unknown: use one of " + String.join(", ", ModeSettings.NAMES));
        }
    }
}
