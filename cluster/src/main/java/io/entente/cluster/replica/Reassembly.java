package io.entente.cluster.replica;

import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the pieces of large messages together: one message under way a peer. A piece out of order means that something was lost;
 * then the whole message is dropped, as if it had been lost. Bounded by the number of peers and the largest message; confined to one
 * actor.
 */
public final class Reassembly {

    /** 24 MiB: more than the largest message, which has one value of 16 MiB in it. */
    static final int MAX_PIECES = 128;

    private final Map<NodeId, Partial> underWay = new HashMap<>();

    /** The whole message, once its last piece is there. */
    public Optional<Bytes> add(PeerEnvelope envelope) {
        if (envelope.pieces() == 1) {
            return Optional.of(envelope.content());
        }
        if (envelope.piece() == 0 && envelope.pieces() > 1 && envelope.pieces() <= MAX_PIECES) {
            underWay.put(envelope.from(), new Partial(envelope.message(), envelope.pieces()));
        }
        Partial partial = underWay.get(envelope.from());
        if (partial == null || !partial.accepts(envelope)) {
            underWay.remove(envelope.from());
            return Optional.empty();
        }
        partial.content.raw(envelope.content());
        partial.next++;
        if (partial.next < partial.pieces) {
            return Optional.empty();
        }
        underWay.remove(envelope.from());
        return Optional.of(partial.content.toBytes());
    }

    /** Forgets what has come from nodes that are no peers. */
    public void retain(Set<NodeId> peers) {
        underWay.keySet().retainAll(peers);
    }

    private static final class Partial {
        private final long message;
        private final int pieces;
        private final ByteWriter content = new ByteWriter();
        private int next;

        private Partial(long message, int pieces) {
            this.message = message;
            this.pieces = pieces;
        }

        private boolean accepts(PeerEnvelope envelope) {
            return envelope.message() == message && envelope.pieces() == pieces && envelope.piece() == next;
        }
    }
}
