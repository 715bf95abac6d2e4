package io.entente.core.codec;

/** What is to be put into a token does not fit into the length that a token's text may have. */
public final class TokenTooLongException extends IllegalStateException {

    TokenTooLongException(String kind, int length, int limit, String remedy) {
        super("a " + kind + " of " + length + " characters is needed, and the limit is " + limit + ": " + remedy);
    }
}
