package io.entente.cluster.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads who may connect to a node, and as whom. */
final class SecurityReader {

    private static final String TLS = "tls";
    private static final String CERTIFICATE = "certificate";
    private static final String KEY = "key";
    private static final String TRUST = "trust";

    private final Section root;

    SecurityReader(Section root) {
        this.root = root;
    }

    SecuritySettings nodes() {
        Section tls = root.section(TLS);
        boolean enabled = tls.read("enabled", Values::flag);
        Optional<TlsSettings> files = files(file(tls, CERTIFICATE), file(tls, KEY), file(tls, TRUST));
        boolean complete = files.flatMap(TlsSettings::trust).isPresent();
        if (enabled && !complete) {
            missing(tls, List.of(CERTIFICATE, KEY, TRUST));
        }
        return new SecuritySettings(
                files.filter(given -> enabled && complete), root.read("trusted-network", Values::flag));
    }

    /** What is left out of HTTP's own certificate is that of the nodes' TLS, used there or not. */
    HttpSecurity http(Section http) {
        Section own = http.section(TLS);
        Section nodes = root.section(TLS);
        boolean enabled = own.read("enabled", Values::flag);
        boolean hasOwn = file(own, CERTIFICATE).isPresent() || file(own, KEY).isPresent();
        Section from = hasOwn ? own : nodes;
        Optional<TlsSettings> files = files(file(from, CERTIFICATE), file(from, KEY), Optional.empty());
        if (enabled && files.isEmpty()) {
            missing(own, List.of(CERTIFICATE, KEY));
        }
        return new HttpSecurity(file(http, "tokens"), files.filter(given -> enabled));
    }

    private static Optional<TlsSettings> files(Optional<Path> certificate, Optional<Path> key, Optional<Path> trust) {
        return certificate.flatMap(chain -> key.map(secret -> new TlsSettings(chain, secret, trust)));
    }

    private void missing(Section section, List<String> keys) {
        section.problems()
                .add(section.pathOf("enabled") + " = on needs "
                        + String.join(", ", keys.stream().map(section::pathOf).toList())
                        + ": name the PEM files; samples/operations/make-certificates makes some for tests");
    }

    private static Optional<Path> file(Section section, String key) {
        String name = section.read(key, Values::text);
        return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
    }
}
