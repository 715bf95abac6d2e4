package io.entente.cluster.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection for what no HTTP client would send. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(20).toMillis();

    private final Socket socket = new Socket();

    RawConnection(InetSocketAddress address) throws IOException {
        socket.connect(address, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Sends bytes, says that no more come, and returns all that is answered until the server closes. */
    static String exchange(InetSocketAddress address, byte[] bytes) throws IOException {
        try (RawConnection connection = new RawConnection(address)) {
            connection.send(bytes);
            connection.socket.shutdownOutput();
            return connection.readToEnd();
        }
    }

    /** Sends a request in ISO-8859-1, which maps characters to bytes one by one. */
    static String exchange(InetSocketAddress address, String request) throws IOException {
        return exchange(address, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** What the server answers until it closes or resets the connection. */
    String readToEnd() {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            in.transferTo(answer);
        } catch (IOException reset) {
            // What came before counts.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
