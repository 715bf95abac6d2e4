package io.entente.cluster.http.auth;

import io.entente.cluster.settings.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A secret that its bearer is known by: {@code entente_} and 43 characters, which are 256 bits from the JDK's secure random numbers. Nothing else is
 * taken for one. The beginning is always the same so that people, and programs that look for leaked secrets, recognize it.
 *
 * <p>Immutable and thread-safe. Its text form does not give it away; {@link #secret()} does.
 */
public final class AccessToken {

    private static final String BEGINNING = Secrets.TOKEN_BEGINNING;
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile(BEGINNING + "[A-Za-z0-9_-]{43}");

    private final String secret;

    private AccessToken(String secret) {
        this.secret = secret;
    }

    /** A new one, which nobody else has. */
    public static AccessToken make() {
        byte[] bits = new byte[BYTES];
        new SecureRandom().nextBytes(bits);
        return new AccessToken(
                BEGINNING + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** The token that a text is; empty where it is none. */
    public static Optional<AccessToken> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new AccessToken(text)) : Optional.empty();
    }

    /** The token itself, to be given to its bearer and to nobody else. */
    public String secret() {
        return secret;
    }

    /**
     * What a node keeps of it. One round of SHA-256 is enough: salts and slow hashes keep those from guessing who try all passwords that people
     * think of, and nobody tries 2<sup>256</sup>.
     */
    public TokenHash hash() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return new TokenHash(sha256.digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Hides it. */
    @Override
    public String toString() {
        return Secrets.hiddenIn(secret);
    }
}
