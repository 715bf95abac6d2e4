package io.entente.cluster.health;

import java.util.Objects;

/**
 * Something that speaks against a node now, or is to be looked at.
 *
 * @param reason of which kind
 * @param sentence what it is, with which values, and what to do
 */
public record HealthNote(HealthReason reason, String sentence) {

    public HealthNote {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(sentence, "sentence");
    }
}
