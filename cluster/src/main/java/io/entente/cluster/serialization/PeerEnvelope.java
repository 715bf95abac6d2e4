package io.entente.cluster.serialization;

import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import java.util.Objects;

/**
 * A message from one replica to another, or a piece of one: remoting carries frames of a limited size, and a value may be larger.
 *
 * @param cluster the fingerprint of the sender's cluster: an address may have been taken over by a node of another one
 * @param from the sender's node
 * @param message numbers the sender's messages to this addressee
 * @param piece which piece this is, from 0
 * @param pieces how many pieces the message has
 * @param content the piece
 */
public record PeerEnvelope(long cluster, NodeId from, long message, int piece, int pieces, Bytes content) {

    public PeerEnvelope {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(content, "content");
    }
}
