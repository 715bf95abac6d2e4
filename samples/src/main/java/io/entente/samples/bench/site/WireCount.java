package io.entente.samples.bench.site;

import akka.actor.ActorRef;
import akka.remote.artery.RemoteInstrument;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what this process's nodes send to others: each Artery frame with Akka's header, without the four bytes of its length and what TCP/IP
 * adds. Everything counts: entries, progress, heartbeats, gossip.
 *
 * <p>Artery makes one by reflection for each of its channels, so the count is the process's. The operating system's counters would be of no
 * use: they count everybody on this machine. Thread-safe.
 */
public final class WireCount extends RemoteInstrument {

    private static final LongAdder SENT = new LongAdder();

    /** Any number that no other instrument has; those below 8 are Lightbend's. */
    private static final byte IDENTIFIER = 17;

    /** For Artery. */
    public WireCount() {}

    /** How many bytes this process's nodes have sent so far. */
    static long sentBytes() {
        return SENT.sum();
    }

    @Override
    public byte identifier() {
        return IDENTIFIER;
    }

    @Override
    public void remoteMessageSent(ActorRef recipient, Object message, ActorRef sender, int bytes, long nanos) {
        SENT.add(bytes);
    }

    @Override
    public void remoteMessageReceived(ActorRef recipient, Object message, ActorRef sender, int bytes, long nanos) {}

    @Override
    public void remoteWriteMetadata(ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}

    @Override
    public void remoteReadMetadata(ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}
}
