package io.entente.cluster.client;

import io.entente.cluster.map.Change;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * A map's changes as a node sends them: each subscriber has a connection of its own, to the first node that serves it. It is completed when that one ends; to go
 * on, follow from the last position, which only the same run of that node knows.
 *
 * @param <V> the type of values
 */
final class HttpChanges<V> implements Flow.Publisher<Change<V>> {

    private static final int OK = 200;

    private final HttpClient http;
    private final Course course;
    private final Call call;
    private final FoundForms<V> forms;

    HttpChanges(HttpClient http, Course course, Call call, FoundForms<V> forms) {
        this.http = http;
        this.course = course;
        this.call = call;
        this.forms = forms;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Change<V>> subscriber) {
        ChangeLines<V> lines = new ChangeLines<>(forms, subscriber);
        subscriber.onSubscribe(lines);
        next(
                lines,
                new ArrayDeque<>(course.next()),
                new NotAppliedException(Reason.NOT_READY, "no node can be reached: look whether they run, and where"));
    }

    private void next(ChangeLines<V> lines, Deque<URI> nodes, NotAppliedException refusal) {
        if (lines.hasBegun()) {
            return;
        }
        URI node = nodes.poll();
        if (node == null) {
            lines.end(refusal);
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node + call.target()));
        call.headers().forEach(request::header);
        var unused = http.sendAsync(request.build(), body(lines)).whenComplete((response, failure) -> {
            if (failure != null) {
                next(lines, nodes, refusal);
            } else {
                response.body()
                        .ifPresent(problem ->
                                next(lines, nodes, Refusals.ofFollowing(Answer.of(node, response, problem))));
            }
        });
    }

    /** The events go to the lines; of a refusal the bytes are kept. */
    private BodyHandler<Optional<byte[]>> body(ChangeLines<V> lines) {
        return head -> head.statusCode() == OK
                ? BodySubscribers.fromLineSubscriber(lines, ended -> Optional.empty(), StandardCharsets.UTF_8, null)
                : BodySubscribers.mapping(BodySubscribers.ofByteArray(), Optional::of);
    }
}
