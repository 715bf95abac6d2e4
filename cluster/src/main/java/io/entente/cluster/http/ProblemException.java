package io.entente.cluster.http;

import java.util.Objects;

/** Ends an exchange with a problem; nothing was written. */
final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = Objects.requireNonNull(problem, "problem");
    }

    /** What to answer. */
    Problem problem() {
        return problem;
    }
}
