package io.entente.cluster.replica;

import akka.actor.typed.ActorRef;
import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One replica's way to one peer: cuts messages into pieces that fit a frame, drops or delays them where a fault says so. Confined
 * to its replica's actor.
 */
final class Link {

    /** Below Akka's largest frame of 256 KiB with room for the envelope. */
    static final int PIECE_BYTES = 192 << 10;

    private final NodeId self;
    private final NodeId peer;
    private final int partition;
    private final AddressBook addresses;
    private final LinkFaults faults;
    private final ScheduledExecutorService delays;
    private long messages;

    Link(
            NodeId self,
            NodeId peer,
            int partition,
            AddressBook addresses,
            LinkFaults faults,
            ScheduledExecutorService delays) {
        this.self = self;
        this.peer = peer;
        this.partition = partition;
        this.addresses = addresses;
        this.faults = faults;
        this.delays = delays;
    }

    void send(Bytes message) {
        if (faults.isCut(self.dataCenter(), peer.dataCenter())) {
            return;
        }
        Optional<ActorRef<PeerEnvelope>> to = addresses.replica(peer, partition);
        if (to.isEmpty()) {
            return;
        }
        long number = ++messages;
        int pieces = Math.max(1, (message.length() + PIECE_BYTES - 1) / PIECE_BYTES);
        for (int piece = 0; piece < pieces; piece++) {
            Bytes content = pieces == 1
                    ? message
                    : message.slice(piece * PIECE_BYTES, Math.min(message.length(), (piece + 1) * PIECE_BYTES));
            deliver(to.get(), new PeerEnvelope(self, number, piece, pieces, content));
        }
    }

    private void deliver(ActorRef<PeerEnvelope> to, PeerEnvelope envelope) {
        Duration delay = faults.delayTo(peer.dataCenter());
        if (delay.isZero()) {
            to.tell(envelope);
        } else {
            // Equal delays on one thread keep the order of sending.
            var unused = delays.schedule(() -> to.tell(envelope), delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
