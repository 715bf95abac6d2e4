package io.entente.cluster.settings;

import java.util.Objects;
import java.util.Optional;

/**
 * By what nodes know each other.
 *
 * @param tls the node's certificate, where nodes speak mutual TLS
 * @param trustedNetwork whether whoever reaches the node's ports is trusted, so that it may be bound beyond loopback without authentication
 */
public record SecuritySettings(Optional<TlsSettings> tls, boolean trustedNetwork) {

    public SecuritySettings {
        Objects.requireNonNull(tls, "tls");
    }

    /** Without TLS, on loopback. */
    public static SecuritySettings none() {
        return new SecuritySettings(Optional.empty(), false);
    }
}
