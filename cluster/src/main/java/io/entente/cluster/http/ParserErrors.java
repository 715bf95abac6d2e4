package io.entente.cluster.http;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;

/** What Akka HTTP refuses before there is a request, in the form of this surface. Akka makes one a connection, by its name. */
public final class ParserErrors extends ParsingErrorHandler {

    private static final int CAUSE_CHARACTERS = 300;

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
        ProblemKind kind = kindOf(status.intValue());
        log.debug("Refused a request that cannot be read: {}", error.summary());
        return Problem.of(
                        kind,
                        "The request cannot be read: " + Quote.shortened(cause(error), CAUSE_CHARACTERS) + ": "
                                + remedy(kind))
                .toFinalResponse();
    }

    /** The summary, and of the detail the first line: the others draw a caret below it. */
    private static String cause(ErrorInfo error) {
        String summary = error.summary().endsWith(".")
                ? error.summary().substring(0, error.summary().length() - 1)
                : error.summary();
        String detail = error.detail().lines().findFirst().orElse("");
        return detail.isEmpty() ? summary : summary + " (" + detail + ")";
    }

    private static ProblemKind kindOf(int status) {
        return switch (status) {
            case 413 -> ProblemKind.TOO_LARGE;
            case 414 -> ProblemKind.TARGET_TOO_LONG;
            case 422 -> ProblemKind.UNEXPECTED_BODY;
            case 431 -> ProblemKind.HEADERS_TOO_LARGE;
            case 501 -> ProblemKind.UNSUPPORTED_METHOD;
            case 505 -> ProblemKind.UNSUPPORTED_VERSION;
            default -> ProblemKind.MALFORMED_REQUEST;
        };
    }

    private static String remedy(ProblemKind kind) {
        return switch (kind) {
            case TOO_LARGE -> "send a smaller body";
            case TARGET_TOO_LONG -> "send a shorter address; a key's limit is entente.limits.key";
            case UNEXPECTED_BODY -> "send it without a body";
            case HEADERS_TOO_LARGE -> "send fewer or shorter headers";
            case UNSUPPORTED_METHOD -> "use GET, HEAD, PUT, POST or DELETE";
            default -> "send well-formed HTTP/1.1, over TLS just where entente.http.tls is on";
        };
    }
}
