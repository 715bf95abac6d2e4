package io.entente.core.replica;

import io.entente.core.message.Epoch;
import java.util.Objects;

/**
 * What a replica says of the rules under which its partition is written to.
 *
 * @param epoch the latest epoch that it knows to be in force, or to have been
 * @param heeded whether it has promised nothing later; else it is being decided what comes next, and it originates nothing
 * @param leads whether it is the epoch's leader
 * @param degraded how many writes it acknowledged, since it started, although fewer followers had them than the epoch asks for
 * @param isDegraded whether the last write that it acknowledged was one of these, while the epoch goes on
 */
public record EpochStatus(Epoch epoch, boolean heeded, boolean leads, long degraded, boolean isDegraded) {

    public EpochStatus {
        Objects.requireNonNull(epoch, "epoch");
    }
}
