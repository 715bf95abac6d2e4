package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.TimeoutAccess;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import scala.concurrent.duration.FiniteDuration;

/**
 * A request on its way to its answer.
 *
 * @param request the request as the server got it
 * @param target what it addresses
 */
record Exchange(HttpRequest request, RequestTarget target) {

    /** How much longer than its own timeout a request may take before the server answers in its stead. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    Exchange {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(target, "target");
    }

    HttpMethod method() {
        return request.method();
    }

    /** Whether the method promises to change nothing. */
    boolean isSafe() {
        return method().equals(HttpMethods.GET)
                || method().equals(HttpMethods.HEAD)
                || method().equals(HttpMethods.OPTIONS);
    }

    /** The query's parameters, all of them among those known. */
    QueryParameters query(List<String> known) {
        return QueryParameters.parse(target.query(), known);
    }

    /** Has the server answer with a problem if nothing else has by the request's timeout and a little more. */
    void answerWithin(Duration timeout, Problem otherwise) {
        Duration limit = timeout.plus(MARGIN);
        request.getHeader(TimeoutAccess.class)
                .ifPresent(access -> access.timeoutAccess()
                        .update(FiniteDuration.fromNanos(limit.toNanos()), late -> otherwise.toFinalResponse()));
    }

    /** Has the server wait that long, and a little more, before it answers in the request's stead. */
    void answerWithin(Duration timeout) {
        Duration limit = timeout.plus(MARGIN);
        request.getHeader(TimeoutAccess.class)
                .ifPresent(access -> access.timeoutAccess().updateTimeout(FiniteDuration.fromNanos(limit.toNanos())));
    }
}
