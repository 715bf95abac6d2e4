package io.entente.cluster.tls;

import io.entente.cluster.settings.TlsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** An authority that issues certificates for tests, good ones and bad ones, into a directory. Keys are made anew each time. */
public final class TestAuthority {

    private static final String ECDSA = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final int DNS = 0x82;
    private static final int URI = 0x86;
    private static final int IP = 0x87;
    private static final Duration LIFE = Duration.ofDays(30);

    private final Path directory;
    private final String name;
    private final KeyPair keys = newKeys();
    private final AtomicLong serial = new AtomicLong();

    /** One of that name, which stands for it in its files' names too. */
    public TestAuthority(Path directory, String name) {
        this.directory = directory;
        this.name = name;
        byte[] constraint =
                Der.sequence(Der.identifier(BASIC_CONSTRAINTS), Der.yes(), Der.octets(Der.sequence(Der.yes())));
        write(trust(), "CERTIFICATE", certificate(name, keys, Instant.now().plus(LIFE), constraint));
    }

    /** The authority's own certificate. */
    public Path trust() {
        return directory.resolve(name + ".pem");
    }

    /** A certificate of a node at 127.0.0.1 and localhost, and its key. */
    public TlsSettings node(String node) {
        return issue(node, List.of(node), List.of("127.0.0.1", "localhost"), LIFE);
    }

    /**
     * A certificate and its key.
     *
     * @param file how its files are called
     * @param nodes whom it names
     * @param hosts whose it is
     * @param life how long it is valid from now on; negative for one that has ended
     */
    public TlsSettings issue(String file, List<String> nodes, List<String> hosts, Duration life) {
        List<byte[]> names = new ArrayList<>();
        nodes.forEach(
                node -> names.add(Der.of(URI, (NodeCertificates.NODE_URI + node).getBytes(StandardCharsets.US_ASCII))));
        hosts.forEach(host -> names.add(host(host)));
        byte[] alternatives =
                Der.sequence(Der.identifier(ALTERNATIVE_NAMES), Der.octets(Der.sequence(names.toArray(byte[][]::new))));
        KeyPair own = newKeys();
        Path certificate = directory.resolve(name + "-" + file + ".pem");
        Path key = directory.resolve(name + "-" + file + ".key");
        write(certificate, "CERTIFICATE", certificate(file, own, Instant.now().plus(life), alternatives));
        write(key, "PRIVATE KEY", own.getPrivate().getEncoded());
        if (!key.toFile().setReadable(false, false) || !key.toFile().setReadable(true, true)) {
            throw new IllegalStateException(key + " stays readable for others");
        }
        return new TlsSettings(certificate, key, Optional.of(trust()));
    }

    /** What connects with a certificate, good or bad, as nodes do. */
    public static SSLContext client(TlsSettings files) {
        return Credentials.read(files).context();
    }

    private static byte[] host(String host) {
        if (!host.matches("[0-9.]+")) {
            return Der.of(DNS, host.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            return Der.of(IP, InetAddress.getByName(host).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private byte[] certificate(String subject, KeyPair of, Instant end, byte[] extension) {
        byte[] algorithm = Der.sequence(Der.identifier(ECDSA));
        byte[] content = Der.sequence(
                Der.of(0xA0, Der.integer(2)),
                Der.integer(serial.incrementAndGet()),
                algorithm,
                named(name),
                Der.sequence(Der.time(end.minus(LIFE.multipliedBy(2))), Der.time(end)),
                named(subject),
                of.getPublic().getEncoded(),
                Der.of(0xA3, Der.sequence(extension)));
        return Der.sequence(content, algorithm, Der.bits(signed(content, keys.getPrivate())));
    }

    private static byte[] named(String commonName) {
        return Der.sequence(Der.of(0x31, Der.sequence(Der.identifier(COMMON_NAME), Der.text(commonName))));
    }

    private static byte[] signed(byte[] content, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String what, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        try {
            Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
