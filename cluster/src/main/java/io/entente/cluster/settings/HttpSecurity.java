package io.entente.cluster.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Who may use a node's HTTP interface, and whether it is encrypted.
 *
 * @param tokens the file of the tokens that are taken; none where everybody may do everything
 * @param tls its certificate; none where it speaks plain HTTP
 */
public record HttpSecurity(Optional<Path> tokens, Optional<TlsSettings> tls) {

    public HttpSecurity {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(tls, "tls");
    }

    /** Open to everybody, and plain. */
    public static HttpSecurity none() {
        return new HttpSecurity(Optional.empty(), Optional.empty());
    }
}
