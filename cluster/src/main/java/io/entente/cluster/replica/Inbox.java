package io.entente.cluster.replica;

import io.entente.core.event.Event;
import io.entente.core.message.PeerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What a replica is to hear of at its next steps, in the order in which it came; apart from that what it is to hear of in spare time only. Confined to its
 * actor.
 *
 * <p>Bounded: clients' requests by the router, ticks by keeping one, and peers' messages here, by number and bytes. A message that
 * doesn't fit is dropped as if the network had lost it, and its sender is asked again.
 */
final class Inbox {

    /** How many messages may wait. */
    static final int MOST_MESSAGES = 4_096;

    /** How many bytes of messages may wait; a single one may be larger. Several times the credit that a replica gives. */
    static final long MOST_MESSAGE_BYTES = 8 << 20;

    /** How many events one step handles at most, so that nobody waits for an endless one. */
    private static final int EVENTS_PER_STEP = 1_024;

    private final Queue<Held> held = new ArrayDeque<>();

    /** Chunks of a snapshot: nobody waits for the single one, and each costs as much as hundreds of writes. */
    private final Queue<Held> heldForSpareTime = new ArrayDeque<>();

    private int messages;
    private long messageBytes;
    private boolean tickWaits;
    private boolean wantsSpareTime;
    private boolean chunkLast;

    /** Takes what the node itself says: a request, or who the peers are. */
    void add(Event event) {
        held.add(new Held(event, -1));
    }

    /** Takes a peer's message of that many bytes; whether there was room. */
    boolean addMessage(Event.MessageReceived message, int bytes) {
        boolean full = messages >= MOST_MESSAGES || (messages > 0 && messageBytes + bytes > MOST_MESSAGE_BYTES);
        if (!full) {
            boolean canWait = message.message() instanceof PeerMessage.SnapshotChunk;
            (canWait ? heldForSpareTime : held).add(new Held(message, bytes));
            messages++;
            messageBytes += bytes;
        }
        return !full;
    }

    /** Notes that time passed; once is enough however long nobody looks. */
    void addTick() {
        if (!tickWaits) {
            tickWaits = true;
            held.add(new Held(new Event.Ticked(), -1));
        }
    }

    /** Notes that the replica has work of its own for spare time. */
    void addSpareTime() {
        wantsSpareTime = true;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Whether there is anything to be done in spare time. */
    boolean hasForSpareTime() {
        return wantsSpareTime || !heldForSpareTime.isEmpty();
    }

    /**
     * The next event for spare time, for a step of its own. Chunks and the replica's own work take turns: chunks come for as long as the replica takes them,
     * and others wait for the snapshots that it sends.
     */
    Event takeForSpareTime() {
        Held chunk = chunkLast && wantsSpareTime ? null : heldForSpareTime.poll();
        chunkLast = chunk != null;
        if (chunk == null) {
            wantsSpareTime = false;
            return new Event.SpareTimeCame();
        }
        forget(chunk);
        return chunk.event;
    }

    /** The events of the next step. */
    List<Event> take() {
        List<Event> events = new ArrayList<>(Math.min(held.size(), EVENTS_PER_STEP));
        while (events.size() < EVENTS_PER_STEP && !held.isEmpty()) {
            Held next = held.remove();
            events.add(next.event);
            forget(next);
            tickWaits &= !(next.event instanceof Event.Ticked);
        }
        return events;
    }

    private void forget(Held taken) {
        if (taken.bytes >= 0) {
            messages--;
            messageBytes -= taken.bytes;
        }
    }

    void clear() {
        held.clear();
        heldForSpareTime.clear();
        wantsSpareTime = false;
        messages = 0;
        messageBytes = 0;
        tickWaits = false;
    }

    /** An event; of a peer's message also its size, else −1. */
    private record Held(Event event, int bytes) {}
}
