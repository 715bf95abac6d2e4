package io.entente.samples.terminal;

/** Something that was understood and did not succeed. The message is one sentence for the user. */
public final class FailureException extends RuntimeException {

    /** With one sentence: what was wrong, with which value, what to do. */
    public FailureException(String message) {
        super(message);
    }

    /** With one sentence, and what it rests on. */
    public FailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
