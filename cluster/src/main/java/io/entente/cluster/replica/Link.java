package io.entente.cluster.replica;

import akka.actor.typed.ActorRef;
import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One replica's way to one peer: cuts messages into pieces that fit a frame, drops or delays them where a fault says so. Confined
 * to its replica's actor.
 */
final class Link {

    private final Sender self;
    private final NodeId peer;
    private final ReplicaShell.Surroundings surroundings;

    /** Begins anywhere, so that a piece of this process is never taken for one of the process before it. */
    private long messages = ThreadLocalRandom.current().nextLong();

    Link(Sender self, NodeId peer, ReplicaShell.Surroundings surroundings) {
        this.self = self;
        this.peer = peer;
        this.surroundings = surroundings;
    }

    void send(Bytes message) {
        if (surroundings.faults().isCut(self.node().dataCenter(), peer.dataCenter())) {
            return;
        }
        Optional<ActorRef<PeerEnvelope>> to = surroundings.addresses().replica(peer, self.partition());
        if (to.isEmpty()) {
            return;
        }
        for (PeerEnvelope piece : Pieces.of(self.cluster(), self.node(), ++messages, message)) {
            deliver(to.get(), piece);
        }
    }

    private void deliver(ActorRef<PeerEnvelope> to, PeerEnvelope envelope) {
        Duration delay = surroundings.faults().delayTo(peer.dataCenter());
        if (delay.isZero()) {
            to.tell(envelope);
        } else {
            surroundings.delays().deliver(delay, envelope.content().length(), () -> to.tell(envelope));
        }
    }
}
