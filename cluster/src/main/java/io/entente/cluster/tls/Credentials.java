package io.entente.cluster.tls;

import io.entente.cluster.settings.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * What a server shows of itself, and whom it believes, as its files had it when they were read. Immutable and thread-safe.
 *
 * @param chain its certificate first, then those that issued it
 * @param context makes engines with them
 * @param believed whom it believes; nobody where clients show no certificates
 */
record Credentials(List<X509Certificate> chain, SSLContext context, Optional<X509TrustManager> believed) {

    /** The key is in memory alone, and the store that carries it to the JDK's TLS too: its password protects nothing. */
    private static final char[] NO_PASSWORD = "none".toCharArray();

    Credentials {
        chain = List.copyOf(chain);
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(believed, "believed");
    }

    /** Reads the files; throws {@link IllegalArgumentException} with a sentence when they can't be used, or don't fit each other. */
    static Credentials read(TlsSettings files) {
        List<X509Certificate> chain = PemFiles.certificates(files.certificate());
        PublicKey publicKey = chain.get(0).getPublicKey();
        PrivateKey key = PemFiles.key(files.key(), publicKey.getAlgorithm());
        try {
            if (!belongTogether(publicKey, key)) {
                throw new IllegalArgumentException("the key in " + files.key() + " is not that of the certificate in "
                        + files.certificate() + ": name the one made for it");
            }
            TrustManager[] trust =
                    files.trust().isPresent() ? PemFiles.trust(files.trust().get()) : new TrustManager[0];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys(chain, key).getKeyManagers(), ToldTrust.over(trust, new RefusalLog(System::nanoTime)), null);
            return new Credentials(chain, context, x509(trust));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the certificate in " + files.certificate() + " can't be used: " + e.getMessage(), e);
        }
    }

    /** The certificate that others see. */
    X509Certificate own() {
        return chain.get(0);
    }

    private static KeyManagerFactory keys(List<X509Certificate> chain, PrivateKey key)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSWORD);
        return factory;
    }

    private static Optional<X509TrustManager> x509(TrustManager[] managers) {
        for (TrustManager manager : managers) {
            if (manager instanceof X509TrustManager believed) {
                return Optional.of(believed);
            }
        }
        return Optional.empty();
    }

    /** Whether what one signs the other verifies. */
    private static boolean belongTogether(PublicKey publicKey, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (publicKey.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> publicKey.getAlgorithm();
        };
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(text);
        return signature.verify(signed);
    }
}
