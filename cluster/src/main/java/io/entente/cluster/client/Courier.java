package io.entente.cluster.client;

import io.entente.cluster.map.EntenteException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Brings calls to nodes: to one that answers. Thread-safe; never blocks. */
final class Courier {

    /** Beyond what a node may take, for the way there and back: nodes answer two seconds late at the most. */
    static final Duration TRAVEL = Duration.ofSeconds(3);

    private final HttpClient http;
    private final Course course;

    Courier(HttpClient http, Course course) {
        this.http = http;
        this.course = course;
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
        return new Delivery(this, call).begin();
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
