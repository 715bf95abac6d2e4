package io.entente.cluster.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Believes those whom another one believes, and tells whom it doesn't, and why. Thread-safe. */
final class ToldTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager inner;
    private final RefusalLog refusals;

    private ToldTrust(X509ExtendedTrustManager inner, RefusalLog refusals) {
        this.inner = inner;
        this.refusals = refusals;
    }

    /** The same managers, those of X.509 telling. */
    static TrustManager[] over(TrustManager[] managers, RefusalLog refusals) {
        TrustManager[] told = managers.clone();
        for (int i = 0; i < told.length; i++) {
            if (told[i] instanceof X509ExtendedTrustManager inner) {
                told[i] = new ToldTrust(inner, refusals);
            }
        }
        return told;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        telling(chain, "somebody who has connected", () -> inner.checkClientTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        telling(
                chain,
                "whoever listens at " + engine.getPeerHost() + ":" + engine.getPeerPort(),
                () -> inner.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        inner.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        inner.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        inner.checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        inner.checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return inner.getAcceptedIssuers();
    }

    private void telling(X509Certificate[] chain, String who, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException disbelieved) {
            refusals.note(
                    "the certificate of " + who + ", " + chain[0].getSubjectX500Principal()
                            + ", is not believed (" + disbelieved.getMessage()
                            + "): a node's is valid now, of the host by which it is reached, and issued by somebody in entente.tls.trust");
            throw disbelieved;
        }
    }

    @FunctionalInterface
    private interface Check {
        void run() throws CertificateException;
    }
}
