package io.entente.core.simulation;

import io.entente.conflict.version.VersionVector;
import io.entente.core.message.MovedRows;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Verify;
import io.entente.core.message.VerifyMessage;
import io.entente.core.message.VerifyMessage.DigestsAsked;
import io.entente.core.message.VerifyMessage.RepairAsked;
import io.entente.core.message.VerifyMessage.ViewAsked;
import io.entente.core.message.VerifyMessage.ViewOpened;
import io.entente.core.store.StoreReader;
import java.util.List;
import java.util.Optional;

/** The bugs in how records are compared. */
final class VerifyBugs {

    private VerifyBugs() {}

    private abstract static class InVerification implements Surgery {

        private MovedRows kept = MovedRows.none();

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            return message instanceof Verify verify
                    ? changed(verify.message()).<PeerMessage>map(changed -> new Verify(verify.id(), changed)).stream()
                            .toList()
                    : List.of(message);
        }

        abstract Optional<VerifyMessage> changed(VerifyMessage message);

        /** What moved on is kept from the verifier alone: a view that isn't told of its own rows would refuse to be compared. */
        VerifyMessage keptFromTheVerifier(VerifyMessage message) {
            if (message instanceof ViewOpened opened) {
                kept = kept.with(opened.moved());
                return new ViewOpened(opened.applied(), MovedRows.none());
            }
            return message instanceof DigestsAsked asked
                    ? new DigestsAsked(asked.number(), asked.moved().map(kept::with), asked.from(), asked.ranges())
                    : message;
        }
    }

    /** What moved on since the verifier's vector is compared all the same. */
    static final class MovedRowsCompared extends InVerification {

        @Override
        Optional<VerifyMessage> changed(VerifyMessage message) {
            return Optional.of(keptFromTheVerifier(message));
        }
    }

    /** Replicas are compared as they are, whatever vectors they have. */
    static final class UnequalVectors extends InVerification {

        @Override
        Optional<VerifyMessage> changed(VerifyMessage message) {
            if (message instanceof ViewAsked) {
                return Optional.of(new ViewAsked(VersionVector.empty()));
            }
            return Optional.of(keptFromTheVerifier(message));
        }
    }

    /** What is found wrong stays as it is. */
    static final class NothingRepaired extends InVerification {

        @Override
        Optional<VerifyMessage> changed(VerifyMessage message) {
            return message instanceof RepairAsked ? Optional.empty() : Optional.of(message);
        }
    }
}
