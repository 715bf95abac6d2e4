package io.entente.cluster.http;

/**
 * Every kind of refusal this surface knows. A kind's {@code code} and status are a contract with programs; its title is the same
 * for all occurrences, as RFC 9457 asks.
 */
enum ProblemKind {
    MALFORMED_REQUEST(400, "malformed-request", "The request is not well-formed HTTP."),
    MALFORMED_TARGET(400, "malformed-target", "The address of the request is malformed."),
    MALFORMED_MAP(400, "malformed-map", "The map's name is not one."),
    MALFORMED_KEY(400, "malformed-key", "The key is not one."),
    MALFORMED_CONTEXT(400, "malformed-context", "The causal context cannot be read."),
    MALFORMED_SESSION(400, "malformed-session", "The session token cannot be read."),
    MALFORMED_HEADER(400, "malformed-header", "A header of the request is malformed."),
    MALFORMED_BODY(400, "malformed-body", "The body of the request is malformed."),
    MALFORMED_PARAMETER(400, "malformed-parameter", "A query parameter has a value it cannot have."),
    INVALID_ARGUMENT(400, "invalid-argument", "The request asks for something that cannot be."),
    UNKNOWN_PARAMETER(400, "unknown-parameter", "A query parameter is unknown here."),
    CONFLICTING_CONDITIONS(400, "conflicting-conditions", "The request carries conditions that exclude each other."),
    UNAUTHENTICATED(401, "unauthenticated", "The request needs a token."),
    FORBIDDEN(403, "forbidden", "The token may not do that."),
    CROSS_ORIGIN(403, "cross-origin", "A page of another site may not change anything here."),
    FAULT_INJECTION_OFF(403, "fault-injection-off", "Fault injection is switched off."),
    BACKUP_NOT_CONFIGURED(403, "backup-not-configured", "No place for backups is configured."),
    NO_SUCH_PATH(404, "no-such-path", "There is nothing at this path."),
    ABSENT(404, "absent", "The key has no value."),
    NO_SUCH_CONFLICT(404, "no-such-conflict", "The journal does not have that conflict."),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "This path does not take that method."),
    NOT_ACCEPTABLE(406, "not-acceptable", "None of the accepted forms is offered."),
    BODY_TIMEOUT(408, "body-timeout", "The body of the request took too long to arrive."),
    TOO_MANY_SIBLINGS(409, "too-many-siblings", "The key has too many siblings."),
    BACKUP_EXISTS(409, "backup-exists", "There is a backup of that name."),
    UNRESOLVED(409, "unresolved", "The key's conflict could not be resolved."),
    GONE(410, "gone", "The changes after that event are not remembered any more."),
    PRECONDITION_FAILED(412, "precondition-failed", "The condition of the write does not hold."),
    TOO_LARGE(413, "too-large", "The body of the request is too large."),
    TARGET_TOO_LONG(414, "target-too-long", "The address of the request is too long."),
    UNSUPPORTED_CONTENT(415, "unsupported-content", "The form of the body is not supported."),
    MISDIRECTED(421, "misdirected", "The node is not known by that name."),
    UNEXPECTED_BODY(422, "unexpected-body", "The method takes no body."),
    OVERLOADED(429, "overloaded", "The node has too much to do."),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The headers of the request are too large."),
    INTERNAL_ERROR(500, "internal-error", "The node failed in a way that is its own fault."),
    UNSUPPORTED_METHOD(501, "unsupported-method", "The method is unknown."),
    NOT_REACHED(503, "not-reached", "The node has not seen what the request builds on."),
    NO_QUORUM(503, "no-quorum", "Too few copies have answered."),
    NO_LEADER(503, "no-leader", "Nobody leads the key's partition at the moment."),
    NOT_READY(503, "not-ready", "The node is not ready to serve that."),
    STORE_FAILED(503, "store-failed", "The node's store has failed."),
    CLOCK_OFF(503, "clock-off", "The node's clock is too far from the others'."),
    DISK_FULL(503, "disk-full", "The node's disk is full."),
    HOME_UNREACHABLE(503, "home-unreachable", "The data center that is home to the key can't be asked."),
    BACKUP_FAILED(503, "backup-failed", "The backup could not be made."),
    OUTCOME_UNKNOWN(503, "outcome-unknown", "It is unknown whether the write was applied."),
    PARTLY_DONE(503, "partly-done", "Not all nodes did it."),
    NO_ANSWER(503, "no-answer", "The node did not answer in time."),
    WRITE_CONCERN_TIMEOUT(
            504, "write-concern-timeout", "The write is durable here, but not yet where it was asked to be."),
    UNSUPPORTED_VERSION(505, "unsupported-version", "The version of HTTP is not supported.");

    private final int status;
    private final String code;
    private final String title;

    ProblemKind(int status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    /** The HTTP status. */
    int status() {
        return status;
    }

    /** The word for programs. */
    String code() {
        return code;
    }

    /** One sentence, the same at every occurrence. */
    String title() {
        return title;
    }
}
