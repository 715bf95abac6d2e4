package io.entente.cluster.http;

import akka.Done;
import akka.stream.FlowShape;
import akka.stream.Graph;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.util.ByteString;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The streams of events that a server sends: so many at the most, and waited for when it ends, since a connection whose answer has
 * begun counts as idle to Akka and would be cut off in the middle. Thread-safe.
 */
final class OpenStreams {

    /** How many streams may be open; one more is refused. */
    static final int MOST = 64;

    private final SharedKillSwitch stop = KillSwitches.shared("entente-streams");
    private int open;
    private CompletableFuture<Done> none = CompletableFuture.completedFuture(Done.getInstance());

    /** Whether as many are open as may be. */
    synchronized boolean isFull() {
        return open >= MOST;
    }

    /** One has begun. */
    synchronized void enter() {
        if (open++ == 0) {
            none = new CompletableFuture<>();
        }
    }

    /** One has ended. */
    void leave() {
        CompletableFuture<Done> last = null;
        synchronized (this) {
            if (--open == 0) {
                last = none;
            }
        }
        if (last != null) {
            last.complete(Done.getInstance());
        }
    }

    /** What a stream without an end of its own goes through, to be ended with the server. */
    Graph<FlowShape<ByteString, ByteString>, SharedKillSwitch> untilStop() {
        return stop.flow();
    }

    /** Ends the streams that have no end of their own. */
    void stop() {
        stop.shutdown();
    }

    /** Completes when none is open. */
    synchronized CompletionStage<Done> ended() {
        return none.copy();
    }
}
