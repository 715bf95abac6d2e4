package io.entente.cluster.replica;

import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;

/** Cuts a message into pieces that fit a frame, for {@link Reassembly} to put together. */
public final class Pieces {

    /** Below Akka's largest frame of 256 KiB with room for the envelope. */
    static final int PIECE_BYTES = 192 << 10;

    /** The longest message that can be put together again: 24 MiB. */
    public static final int MOST_BYTES = Reassembly.MAX_PIECES * PIECE_BYTES;

    private Pieces() {}

    /**
     * The envelopes of one message.
     *
     * @param cluster the fingerprint of the sender's cluster
     * @param from the sender's node
     * @param number the message's number among those of this sender to this addressee
     * @param message the message
     */
    public static List<PeerEnvelope> of(long cluster, NodeId from, long number, Bytes message) {
        int pieces = Math.max(1, (message.length() + PIECE_BYTES - 1) / PIECE_BYTES);
        List<PeerEnvelope> envelopes = new ArrayList<>(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            Bytes content = pieces == 1
                    ? message
                    : message.slice(piece * PIECE_BYTES, Math.min(message.length(), (piece + 1) * PIECE_BYTES));
            envelopes.add(new PeerEnvelope(cluster, from, number, piece, pieces, content));
        }
        return envelopes;
    }
}
