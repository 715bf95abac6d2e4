package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.tls.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made by the script that the guide names, and what comes of showing them to a port. */
final class Pki {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final char[] NONE = new char[0];

    private Pki() {}

    /** Whether there is an openssl to make them with. */
    static boolean isPossible() {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl")));
    }

    /** An authority in that directory, and certificates of nodes at 127.0.0.1, valid for so many days. */
    static void make(Path directory, int days, String... nodes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("operations/make-certificates", directory.toString()));
        for (String node : nodes) {
            command.add(node + "=127.0.0.1");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DAYS", Integer.toString(days));
        Process script = builder.start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(said).isZero();
    }

    /**
     * Shows a certificate, and believes an authority.
     *
     * @param files the certificate and its key, without their extensions
     */
    static SSLContext context(Path files, Path trust) throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, NONE);
        Certificate[] chain = PemFiles.certificates(Path.of(files + ".pem")).toArray(Certificate[]::new);
        own.setKeyEntry("own", key(Path.of(files + ".key")), NONE, chain);
        own.setCertificateEntry("authority", PemFiles.certificates(trust).get(0));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NONE);
        TrustManagerFactory believed = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        believed.init(own);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), believed.getTrustManagers(), null);
        return context;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("-"))
                .collect(Collectors.joining());
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
    }

    /** Whether a port of a node ends a connection that is opened with that; one that is let in hears nothing. */
    static boolean isTurnedAway(int port, SSLContext shown) throws IOException {
        try (SSLSocket socket = (SSLSocket) shown.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException silence) {
            return false;
        } catch (SSLException | SocketException refused) {
            return true;
        }
    }

    /** What a port answers to bytes after which no more come; nothing where it ends the connection at once. */
    static String answer(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }
}
