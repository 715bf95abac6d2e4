package io.entente.cluster.http;

import akka.Done;
import akka.actor.ClassicActorSystemProvider;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.scaladsl.model.EntityStreamException;
import akka.http.scaladsl.model.EntityStreamSizeException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads bodies up to a limit: what is announced as larger is not read at all, and what turns out to be is read no further. */
final class RequestBody {

    /** How much of an unwanted body is read off, and for how long. */
    private static final long DRAINED_BYTES = 1 << 20;

    private static final Duration DRAINING = Duration.ofSeconds(2);

    private final ClassicActorSystemProvider system;
    private final Duration arrival;
    private final Intake intake;

    /**
     * @param system where streams of bytes run
     * @param arrival how long a body may take to arrive
     * @param intake how much may be arriving at once
     */
    RequestBody(ClassicActorSystemProvider system, Duration arrival, Intake intake) {
        this.system = system;
        this.arrival = arrival;
        this.intake = intake;
    }

    /**
     * A request's whole body; the array is the caller's own.
     *
     * @param request the request
     * @param limitBytes how large the body may be
     * @param remedy what to tell somebody whose body is larger
     */
    CompletionStage<byte[]> read(HttpRequest request, int limitBytes, String remedy) {
        HttpEntity entity = request.entity();
        OptionalLong announced = entity.getContentLengthOption();
        if (announced.isPresent() && announced.getAsLong() > limitBytes) {
            throw tooLarge("The body of " + announced.getAsLong() + " bytes", limitBytes, remedy);
        }
        // What came in one piece with its headers is most of what comes, and needs no stream and no other thread.
        return entity instanceof HttpEntity.Strict strict
                ? CompletableFuture.completedFuture(strict.getData().toArray())
                : intake.body(announced.orElse(limitBytes), () -> collect(entity, limitBytes, remedy));
    }

    /**
     * The body of an operator's request: a JSON object.
     *
     * @param members the members it may have
     * @param form how it is written, for somebody whose body isn't so
     */
    CompletionStage<AdminBody> object(HttpRequest request, int limitBytes, List<String> members, String form) {
        return read(request, limitBytes, "write " + form).thenApply(body -> AdminBody.read(body, members, form));
    }

    /**
     * The request with its body in one piece; as it is where the body is announced as larger, so that whoever wants it says so. Fails as {@link
     * #read} does where it turns out to be larger, or doesn't arrive.
     */
    CompletionStage<HttpRequest> whole(HttpRequest request, int limitBytes) {
        HttpEntity entity = request.entity();
        if (entity.isStrict() || entity.getContentLengthOption().orElse(0) > limitBytes) {
            return CompletableFuture.completedFuture(request);
        }
        return collect(entity, limitBytes, "send a smaller one")
                .thenApply(body -> request.withEntity(HttpEntities.create(entity.getContentType(), body)));
    }

    private CompletionStage<byte[]> collect(HttpEntity entity, int limitBytes, String remedy) {
        return entity.withSizeLimit(limitBytes)
                .toStrict(arrival.toMillis(), system)
                .handle((strict, failure) -> {
                    if (failure != null) {
                        throw refusal(failure, limitBytes, remedy);
                    }
                    return strict.getData().toArray();
                });
    }

    /**
     * Reads off what is left of a request that was refused before its body was wanted, so that the client, still sending, gets to
     * read the refusal, and the connection lives on. Gives up at the bound, and never fails: the connection is then closed.
     */
    CompletionStage<Done> drain(HttpRequest request) {
        HttpEntity entity = request.entity();
        if (entity.isStrict()) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        return entity.withSizeLimit(DRAINED_BYTES)
                .discardBytes(system)
                .completionStage()
                .toCompletableFuture()
                .completeOnTimeout(Done.getInstance(), DRAINING.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(bounded -> Done.getInstance());
    }

    private RuntimeException refusal(Throwable failure, int limitBytes, String remedy) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof EntityStreamSizeException) {
            return tooLarge("The body", limitBytes, remedy);
        }
        if (cause instanceof TimeoutException) {
            return Problem.of(
                            ProblemKind.BODY_TIMEOUT,
                            "The body did not arrive within " + arrival.toSeconds()
                                    + " s: send it faster, or in smaller values")
                    .asException();
        }
        if (cause instanceof EntityStreamException malformed) {
            return Problem.of(ProblemKind.MALFORMED_BODY, malformed.info().summary())
                    .asException();
        }
        return new CompletionException(cause);
    }

    private static ProblemException tooLarge(String what, int limitBytes, String remedy) {
        return Problem.of(ProblemKind.TOO_LARGE, what + " exceeds the limit of " + limitBytes + " bytes: " + remedy)
                .asException();
    }
}
