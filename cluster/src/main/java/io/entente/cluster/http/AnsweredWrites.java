package io.entente.cluster.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.cluster.map.NotAppliedException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers to writes that carry a name, {@code Entente-Request}, for clients that got none and ask again: however often such a write is sent
 * to this node, it takes effect once. What was not applied is not remembered, so it may be tried again.
 *
 * <p>The memory is this process's and bounded, by number, bytes and age. A write that is sent again says how long ago it may have been sent first. If
 * that is longer than this memory reaches back, nobody here can know whether it was applied, and the answer is {@code outcome-unknown}: never a
 * second effect.
 *
 * <p>Thread-safe.
 */
final class AnsweredWrites {

    static final Duration KEPT = Duration.ofMinutes(5);
    static final int MOST = 10_000;
    static final long MOST_BYTES = 16 << 20;

    private static final int RETRY_AFTER_SECONDS = 1;

    private final LongSupplier nanos;
    private final Map<String, Answered> byName = new LinkedHashMap<>();
    private long bytes;

    /** Whatever was asked for the first time since then, and was or may have been applied, is remembered. */
    private long reachesBackTo;

    /** With that monotonic clock; reaches back to now. */
    AnsweredWrites(LongSupplier nanos) {
        this.nanos = nanos;
        this.reachesBackTo = nanos.getAsLong();
    }

    /**
     * The answer to a write: the first one's if it has been asked before.
     *
     * @param exchange the request
     * @param write does it
     * @param unwanted what to do with the body of a request whose answer is known already
     */
    CompletionStage<HttpResponse> once(
            Exchange exchange, Supplier<CompletionStage<HttpResponse>> write, Supplier<CompletionStage<?>> unwanted) {
        Optional<RequestName> name = RequestName.of(exchange.request());
        return name.isEmpty() ? write.get() : once(name.get(), target(exchange), write, unwanted);
    }

    private CompletionStage<HttpResponse> once(
            RequestName name,
            String target,
            Supplier<CompletionStage<HttpResponse>> write,
            Supplier<CompletionStage<?>> unwanted) {
        Answered mine = new Answered(target, nanos.getAsLong());
        Answered first = enter(name, mine);
        if (first != mine) {
            return unwanted.get().thenCompose(read -> first.answer);
        }
        CompletionStage<HttpResponse> answer;
        try {
            answer = write.get();
        } catch (RuntimeException refused) {
            answer = CompletableFuture.failedFuture(refused);
        }
        var unused = answer.whenComplete((response, failure) -> {
            settle(name, mine, response, failure);
            if (failure == null) {
                mine.answer.complete(response);
            } else {
                mine.answer.completeExceptionally(Failures.cause(failure));
            }
        });
        return mine.answer;
    }

    /** Notes a write that is asked for the first time; else gives the one that was. */
    private synchronized Answered enter(RequestName name, Answered mine) {
        forgetOld();
        Answered first = byName.get(name.id());
        if (first == null) {
            if (name.isRepeated() && nanos.getAsLong() - name.age().toNanos() - reachesBackTo < 0) {
                throw forgotten(name).asException();
            }
            byName.put(name.id(), mine);
            return mine;
        }
        if (!first.target.equals(mine.target)) {
            throw Problem.of(
                            ProblemKind.MALFORMED_HEADER,
                            "The header " + RequestName.HEADER + " names " + Quote.of(name.id())
                                    + ", which was " + Quote.of(first.target)
                                    + " before: give every write a name of its own")
                    .asException();
        }
        return first;
    }

    private synchronized void settle(
            RequestName name, Answered mine, @Nullable HttpResponse response, @Nullable Throwable failure) {
        if (byName.get(name.id()) != mine) {
            return; // there was no room for it any more
        }
        if (failure != null && isRefusal(Failures.cause(failure))) {
            byName.remove(name.id());
            return;
        }
        mine.bytes = mine.target.length() + (response == null ? 0 : sizeOf(response));
        bytes += mine.bytes;
        forgetOld();
    }

    private static long sizeOf(HttpResponse response) {
        long size = response.entity().getContentLengthOption().orElse(0);
        for (HttpHeader header : response.getHeaders()) {
            size += header.name().length() + header.value().length();
        }
        return size;
    }

    private static boolean isRefusal(Throwable cause) {
        return cause instanceof NotAppliedException || cause instanceof ProblemException;
    }

    /** The map is in the order in which writes were first asked for. */
    private void forgetOld() {
        long now = nanos.getAsLong();
        Iterator<Answered> oldest = byName.values().iterator();
        while (oldest.hasNext()) {
            Answered answered = oldest.next();
            boolean isOld = now - answered.begunNanos > KEPT.toNanos();
            if (!isOld && byName.size() <= MOST && bytes <= MOST_BYTES) {
                return;
            }
            reachesBackTo = answered.begunNanos + 1;
            bytes -= answered.bytes;
            oldest.remove();
        }
    }

    private static Problem forgotten(RequestName name) {
        return Problem.of(
                        ProblemKind.OUTCOME_UNKNOWN,
                        "The write " + Quote.of(name.id())
                                + " was sent before this node began to remember what it answered, so it may have been applied: read the key before"
                                + " you write again")
                .with("outcome", TextNode.valueOf("unknown"))
                .retryAfter(RETRY_AFTER_SECONDS);
    }

    private static String target(Exchange exchange) {
        return exchange.method().name() + " " + exchange.target().raw();
    }

    /** A write and its answer, or the answer to come. */
    private static final class Answered {

        private final String target;
        private final long begunNanos;
        private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        private long bytes;

        private Answered(String target, long begunNanos) {
            this.target = target;
            this.begunNanos = begunNanos;
        }
    }
}
