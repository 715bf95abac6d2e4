package io.entente.cluster.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates and keys in PEM, the form that authorities and their tools write. What can't be used is an {@link IllegalArgumentException} whose
 * message names the file and says what to do, and never what is in it.
 */
public final class PemFiles {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");
    private static final long MOST_BYTES = 1 << 20;

    private PemFiles() {}

    /** All certificates of a file, at least one, in their order. */
    public static List<X509Certificate> certificates(Path file) {
        try {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes(file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(file + " has no certificate: write them in PEM");
            }
            return certificates;
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException(
                    file + " has something that is no certificate: write them in PEM", malformed);
        }
    }

    /**
     * The private key of a file.
     *
     * @param algorithm that of the certificate's public key
     */
    static PrivateKey key(Path file, String algorithm) {
        String text = new String(bytes(file), StandardCharsets.ISO_8859_1);
        Matcher key = PKCS8.matcher(text);
        if (!key.find()) {
            throw new IllegalArgumentException(
                    OTHER_KEY.matcher(text).find()
                            ? file + " has a private key in another form: convert it with openssl pkcs8 -topk8 -nocrypt"
                            : file + " has no private key: write it in PEM, PKCS #8");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    file + " has no private key that is of the certificate's kind, " + algorithm
                            + ": name the one made for it",
                    malformed);
        }
    }

    /** Clients' TLS that believes those certificates alone which somebody in a file has issued, and shows none. */
    public static SSLContext trusting(Path authorities) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust(authorities), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(authorities + " can't be used: " + e.getMessage(), e);
        }
    }

    /** Believes those certificates alone that somebody in a file has issued. */
    static TrustManager[] trust(Path authorities) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (X509Certificate authority : certificates(authorities)) {
                store.setCertificateEntry("authority-" + number++, authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException neverRead) {
            throw new GeneralSecurityException("an empty key store can't be made", neverRead);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new IllegalArgumentException(
                        file + " has " + size + " bytes, and " + MOST_BYTES + " at most are read: name another file");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    file + " can't be read (" + unreadable + "): name a file that this process may read", unreadable);
        }
    }
}
