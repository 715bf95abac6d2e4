package io.entente.core.store.directory;

import java.util.Optional;

/**
 * Decides from the evidence whether a store may have lost data. Pure.
 *
 * <p>The high-water record is written after each successful commit and before anything that rests on the commit leaves
 * the node. Within one boot it is therefore never behind what the node has said, and a recovered head that reaches it
 * proves that nothing is missing. A power loss can take the record's last values with it, so across boots only a clean
 * stop proves anything: its record and its commits were brought to the device, and the next opening withdraws it on the
 * device before the first commit.
 *
 * @param recordedHead the high-water record, if there is a legible one
 * @param doubt why the store was in doubt already, if it was
 * @param boot the present boot, empty when unknown
 * @param recoveredHead the head the store has been opened with
 */
record Judgement(Optional<HighWater> recordedHead, Optional<String> doubt, String boot, long recoveredHead) {

    Recovery recovery() {
        if (doubt.isPresent()) {
            return Recovery.mayHaveLost(doubt.get() + "; the node has not caught up since");
        }
        if (recordedHead.isEmpty()) {
            return Recovery.mayHaveLost("the high-water record is missing or damaged");
        }
        HighWater recorded = recordedHead.get();
        return recorded.clean() ? afterCleanStop(recorded) : afterCrash(recorded);
    }

    private Recovery afterCleanStop(HighWater recorded) {
        if (recoveredHead != recorded.head()) {
            return Recovery.mayHaveLost("the clean stop recorded head " + recorded.head()
                    + ", but the store was recovered with head " + recoveredHead);
        }
        return whole("the clean stop recorded the head " + recoveredHead + " that was recovered");
    }

    private Recovery afterCrash(HighWater recorded) {
        if (recoveredHead < recorded.head()) {
            return Recovery.mayHaveLost("head " + recorded.head()
                    + " was recorded beside the last commit, but the store was recovered with head " + recoveredHead);
        }
        if (boot.isEmpty() || !boot.equals(recorded.boot())) {
            return Recovery.mayHaveLost(
                    "the last stop was not clean and the computer may have been started anew since, so the record of "
                            + "head " + recorded.head() + " proves nothing");
        }
        return whole("only the process ended: head " + recorded.head()
                + " was recorded in this boot and the store was recovered with head " + recoveredHead);
    }

    private Recovery whole(String reason) {
        return recoveredHead == 0 ? Recovery.fresh("nothing has been committed yet") : Recovery.intact(reason);
    }
}
