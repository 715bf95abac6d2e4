package io.entente.samples.terminal;

/** Something that can't be right whatever the state of the cluster. The message is one sentence for the user. */
public final class MisuseException extends RuntimeException {

    /** With one sentence: what was wrong, with which value, what to do. */
    public MisuseException(String message) {
        super(message);
    }

    /** With one sentence, and what it rests on. */
    public MisuseException(String message, Throwable cause) {
        super(message, cause);
    }
}
