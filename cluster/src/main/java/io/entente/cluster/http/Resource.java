package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One kind of path. Thread-safe; never blocks. */
interface Resource {

    /** The methods it takes, in the order of the {@code Allow} header. {@code HEAD} stands beside every {@code GET}. */
    List<HttpMethod> methods();

    /** What to say to somebody who used another method: how to do what they may have meant; empty for nothing. */
    default String remedy(HttpMethod refused) {
        return "";
    }

    /**
     * Answers a request whose method is among {@link #methods}. Throws, or completes with, {@link ProblemException} to refuse it.
     */
    CompletionStage<HttpResponse> handle(Exchange exchange);
}
