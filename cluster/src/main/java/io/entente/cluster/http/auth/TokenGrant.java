package io.entente.cluster.http.auth;

import io.entente.cluster.settings.Secrets;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What the bearer of a token is called and may do; a line of the file of tokens: {@code grafana reader sha256:4f…}.
 *
 * @param name who bears the token, 1 to 64 of {@code A-Z a-z 0-9 . _ - @}; audit lines say it
 * @param role what the bearer may do
 * @param hash the token's hash
 */
public record TokenGrant(String name, Role role, TokenHash hash) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final int WORDS = 3;

    /** Throws {@link IllegalArgumentException} for a malformed name. */
    public TokenGrant {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(hash, "hash");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a token's name is 1 to 64 of the characters A-Z a-z 0-9 . _ - @");
        }
    }

    /** Reads a line; throws {@link IllegalArgumentException}, which doesn't repeat the line since secrets may be in it by mistake. */
    static TokenGrant parse(String line) {
        if (!Secrets.hiddenIn(line).equals(line)) {
            throw new IllegalArgumentException(
                    "a token itself stands there, and its hash should: make a new one with samples/token,"
                            + " since this one has been written down");
        }
        String[] words = line.strip().split("\\s+", -1);
        if (words.length != WORDS) {
            throw new IllegalArgumentException("write name, role and hash with spaces between them");
        }
        Role role = Role.of(words[1])
                .orElseThrow(() -> new IllegalArgumentException(
                        "the second word is a role, one of " + String.join(", ", Role.words())));
        return new TokenGrant(words[0], role, TokenHash.parse(words[2]));
    }

    /** The line that stands for it. */
    public String line() {
        return name + " " + role.word() + " " + hash;
    }
}
