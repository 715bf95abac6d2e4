package io.entente.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a node on which the next answers get lost: requests arrive, are answered, and the connection ends before the client has read anything. */
final class LossyWay implements AutoCloseable {

    private final int target;
    private final ServerSocket listening;
    private final AtomicInteger losses = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    LossyWay(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** As clients address it. */
    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Loses so many answers. */
    void lose(int answers) {
        losses.set(answers);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket node = new Socket(InetAddress.getLoopbackAddress(), target);
                open.addAll(List.of(client, node));
                threads.execute(() -> copy(client, node, false));
                threads.execute(() -> copy(node, client, true));
            }
        } catch (IOException closed) {
            // then the test is over
        }
    }

    private void copy(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            byte[] buffer = new byte[1 << 16];
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answers && losses.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    return;
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException closed) {
            // by the other direction, or either end
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
