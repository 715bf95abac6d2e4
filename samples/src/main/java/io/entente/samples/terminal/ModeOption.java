package io.entente.samples.terminal;

import io.entente.cluster.settings.ReplicationMode;

/** Reads {@code --mode}. */
public final class ModeOption {

    private ModeOption() {}

    /**
     * The mode of that name.
     *
     * @throws MisuseException when this version offers none
     */
    public static ReplicationMode of(String name) {
        try {
            return ReplicationMode.of(name);
        } catch (IllegalArgumentException none) {
            throw new MisuseException("--mode " + none.getMessage(), none);
        }
    }
}
