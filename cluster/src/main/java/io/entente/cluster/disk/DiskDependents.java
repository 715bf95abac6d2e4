package io.entente.cluster.disk;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who has to know how the disk fares. Called by the watch, one call at a time. */
public interface DiskDependents {

    /** Room is scarce, so that nothing is to be taken in; or there is enough again. */
    void scarce(boolean is);

    /** Nothing is to be written, nor read with a long breath; completes when nobody does any more. */
    CompletionStage<Void> fence();

    /** The store is open anew: everybody goes on from what it holds. */
    void goOn();

    /** Why the node takes no writes now, a full sentence; empty when it does. */
    void refuse(Optional<String> why);

    /** Something on the disk can't be read, and what an operator does about it; full sentences. */
    void damaged(String what);

    /** The store can't go on without a new start; a full sentence. */
    void giveUp(String why);
}
