package io.entente.cluster.client;

import io.entente.cluster.map.EntenteException;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Brings calls to nodes: to one that answers. Thread-safe; never blocks. */
final class Courier {

    /** Beyond what a node may take, for the way there and back: nodes answer two seconds late at the most. */
    static final Duration TRAVEL = Duration.ofSeconds(3);

    /** What a header may carry (RFC 6750). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,1024}");

    private final HttpClient http;
    private final Course course;
    private final Supplier<Optional<String>> token;

    /** One that shows no token. */
    Courier(HttpClient http, Course course) {
        this(http, course, Optional::empty);
    }

    private Courier(HttpClient http, Course course, Supplier<Optional<String>> token) {
        this.http = http;
        this.course = course;
        this.token = token;
    }

    /** The same, on the same course, which shows this token with every call; it is asked for each time. */
    Courier showing(Supplier<String> shown) {
        return new Courier(http, course, () -> Optional.of(shown.get().strip()));
    }

    Course course() {
        return course;
    }

    /** The changes that a call asks for. */
    <V> HttpChanges<V> follow(Call call, FoundForms<V> forms) {
        return new HttpChanges<>(http, course, call, forms);
    }

    /** The answer to a call; fails with {@link EntenteException} where none comes. */
    CompletionStage<Answer> deliver(Call call) {
        Call shown;
        try {
            shown = token.get().map(secret -> showing(call, secret)).orElse(call);
        } catch (RuntimeException noToken) {
            return CompletableFuture.failedStage(new NotAppliedException(
                    Reason.NOT_PERMITTED,
                    "there is no token to show (" + noToken.getMessage() + "): give the client one"));
        }
        return new Delivery(this, shown).begin();
    }

    private static Call showing(Call call, String secret) {
        if (!TOKEN.matcher(secret).matches()) {
            throw new IllegalArgumentException("what was given has characters that no token has, or too many, or none");
        }
        return call.header("Authorization", "Bearer " + secret);
    }

    /** Sends a call to one node, once; fails with what the JDK's client says. */
    CompletableFuture<Answer> send(URI node, String target, Call call, String nameHeader) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node + target))
                .timeout(perTry(call))
                .method(
                        call.method(),
                        call.body().length() == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(call.body().unsafeArray()));
        call.headers().forEach(request::header);
        if (!nameHeader.isEmpty()) {
            request.header("Entente-Request", nameHeader);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray())
                .thenApply(response -> Answer.of(node, response));
    }

    /** How long an answer of one node is waited for; whatever comes later is ignored. */
    static Duration perTry(Call call) {
        return call.timeout().plus(TRAVEL);
    }
}
