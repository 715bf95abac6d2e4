package io.entente.cluster.client;

import io.entente.cluster.map.ChangesRequest;
import io.entente.cluster.map.EntenteException;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.map.PageRequest;
import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.SessionToken;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.map.Written;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.core.codec.ContextCodec;
import io.entente.core.event.WriteCondition;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.RecordKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The requests that a map's operations are by HTTP, and what the headers of their answers say. Immutable.
 *
 * @param courier brings them
 * @param map the map's name
 * @param redirects whether writes are to be answered with where they belong
 */
record MapCalls(Courier courier, String map, boolean redirects) {

    private static final ContextCodec CONTEXTS = new ContextCodec(ContextCodec.MOST_LENGTH);
    private static final int MOST_LISTED = 1_000;

    Call reading(String key, ReadOptions options) {
        Target target = target(key).with("timeout", millis(options.timeout()));
        if (!options.concern().equals(ReadConcern.session())) {
            target = target.with("read", options.concern().toString());
        }
        return inSession(
                Call.of("GET", target.with("n", copies(options.copies())).text(), options.timeout()),
                options.session());
    }

    Call writing(String method, String key, WriteOptions options) {
        Target target = target(key).with("timeout", millis(options.timeout()));
        if (!options.concern().equals(WriteConcern.async())) {
            target = target.with("write", options.concern().toString());
        }
        if (redirects) {
            target = target.with("routing", "redirect");
        }
        Call call = Call.of(method, target.with("n", copies(options.copies())).text(), options.timeout());
        return conditional(inSession(call, options.session()), key, options.condition());
    }

    Call listing(PageRequest request, Duration timeout) {
        Target target = new Target("/maps/" + encoded(map))
                .with("prefix", request.prefix())
                .with("after", request.after().orElse(""))
                .with("limit", Integer.toString(Math.min(request.limit(), MOST_LISTED)));
        return Call.of("GET", target.text(), timeout);
    }

    Call following(ChangesRequest request) {
        Target target = new Target("/maps/" + encoded(map)).with("prefix", request.prefix());
        Call call = Call.of("GET", target.text(), Duration.ZERO).header("Accept", "text/event-stream");
        return request.after().map(last -> call.header("Last-Event-ID", last)).orElse(call);
    }

    /**
     * The answer to a call, understood. Fails with {@link EntenteException}, whatever goes wrong.
     *
     * @param call makes it; throws where it can't be made, as for a session too long to be told
     * @param understand what the answer says; throws {@link EntenteException} where it is a refusal
     */
    <T> CompletionStage<T> deliver(Supplier<Call> call, Function<Answer, T> understand) {
        Call made;
        try {
            made = call.get();
        } catch (RuntimeException unmade) {
            return CompletableFuture.failedStage(
                    unmade instanceof EntenteException
                            ? unmade
                            : new NotAppliedException(Reason.INVALID_ARGUMENT, String.valueOf(unmade.getMessage())));
        }
        return courier.deliver(made).thenApply(answer -> {
            try {
                return understand.apply(answer);
            } catch (EntenteException refused) {
                throw refused;
            } catch (RuntimeException garbled) {
                throw Refusals.garbled(made, answer, garbled);
            }
        });
    }

    private Target target(String key) {
        return new Target("/maps/" + encoded(map) + "/" + encoded(key));
    }

    private static Call inSession(Call call, SessionToken session) {
        return session.vectors().isEmpty() ? call : call.header("Entente-Session", session.text());
    }

    private Call conditional(Call call, String key, WriteCondition condition) {
        if (condition instanceof WriteCondition.Seen seen) {
            return call.header("Entente-Context", CONTEXTS.encode(record(key), seen.context()));
        }
        if (condition instanceof WriteCondition.IfCurrent current) {
            return call.header("If-Match", '"' + CONTEXTS.encode(record(key), current.context()) + '"');
        }
        return condition instanceof WriteCondition.IfAbsent ? call.header("If-None-Match", "*") : call;
    }

    /** What the answer to a write that is applied says of it. */
    Written written(String key, Answer answer, SessionToken before) {
        Dot dot = Dot.parse(answer.header("Entente-Dot").orElse(""));
        CausalContext context = answer.header("Entente-Context")
                .map(text -> CONTEXTS.decode(record(key), text))
                .orElseGet(() -> CausalContext.of(List.of(dot), false));
        return new Written(dot, context, session(answer, before));
    }

    /** What a reader has seen of a key; nothing where the map's values merge by themselves, or its context is too long to be told. */
    CausalContext context(String key, Answer answer) {
        return answer.header("Entente-Context").map(text -> context(key, text)).orElseGet(CausalContext::empty);
    }

    CausalContext context(String key, String text) {
        return CONTEXTS.decode(record(key), text);
    }

    /** What the session has seen after an answer; what it had seen before where that is too long to be told. */
    SessionToken session(Answer answer, SessionToken before) {
        return answer.header("Entente-Session").map(SessionToken::parse).orElse(before);
    }

    private RecordKey record(String key) {
        return new RecordKey(map, key);
    }

    private static String millis(Duration timeout) {
        return Math.max(1, timeout.toMillis()) + "ms";
    }

    private static String copies(Optional<Integer> copies) {
        return copies.map(n -> Integer.toString(n)).orElse("");
    }

    /** Everything but letters, digits and {@code . _ -} is percent-encoded, the slash too. */
    private static String encoded(String text) {
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return form.replace("+", "%20").replace("*", "%2A");
    }

    /** A path and query in the making. */
    private record Target(String text) {

        /** With one more parameter, unless it is empty. */
        private Target with(String parameter, String value) {
            String separator = text.indexOf('?') < 0 ? "?" : "&";
            return value.isEmpty() ? this : new Target(text + separator + parameter + "=" + encoded(value));
        }
    }
}
