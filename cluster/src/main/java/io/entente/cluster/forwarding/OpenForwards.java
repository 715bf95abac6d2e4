package io.entente.cluster.forwarding;

import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The requests that other nodes have not answered yet. Each is answered once: by the node it was sent to, or by the clock. As many as the
 * router lets under way. Thread-safe.
 */
final class OpenForwards {

    /** Begins anywhere, so that no answer to the process before this one is taken for an answer to it. */
    private final AtomicLong last = new AtomicLong(ThreadLocalRandom.current().nextLong());

    private final Map<Long, Open> open = new ConcurrentHashMap<>();

    long nextId() {
        return last.incrementAndGet();
    }

    /** Opens a request to a node, which ends with a {@link java.util.concurrent.TimeoutException} when nothing else ends it. */
    CompletableFuture<ForwardMessage> open(long id, NodeId to, Duration patience) {
        CompletableFuture<ForwardMessage> answer = new CompletableFuture<>();
        open.put(id, new Open(to, answer));
        var unused = answer.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((message, failure) -> open.remove(id));
        return answer;
    }

    /** Takes an answer; one that nobody waits for, or of another node than was asked, is passed over. */
    void answer(NodeId from, ForwardMessage message) {
        Open asked = open.get(message.id());
        if (asked != null && asked.to.equals(from)) {
            asked.answer.complete(message);
        }
    }

    /** The request was not sent. */
    void notSent(long id, RuntimeException why) {
        Open asked = open.get(id);
        if (asked != null) {
            asked.answer.completeExceptionally(why);
        }
    }

    private record Open(NodeId to, CompletableFuture<ForwardMessage> answer) {}
}
