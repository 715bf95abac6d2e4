package io.entente.cluster.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a server's certificate is, and whom it trusts. All are PEM files, which are read again when they have changed.
 *
 * @param certificate the certificate, followed by those that issued it up to one that others trust
 * @param key its private key, PKCS #8 without a password
 * @param trust the certificates of those whose certificates are believed; none where clients show none
 */
public record TlsSettings(Path certificate, Path key, Optional<Path> trust) {

    public TlsSettings {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(trust, "trust");
    }
}
