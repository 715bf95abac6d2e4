package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.Latencies;
import io.entente.samples.bench.load.Workload;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The raw limit of replication lag: a write synced here, sent over a TCP connection of the loopback interface, and synced there; the next
 * when the last one has arrived.
 */
final class RawLag {

    private static final int END = -1;

    private RawLag() {}

    /** For so many seconds after half as many of warm-up. */
    static Latencies measure(Path directory, Workload workload, int seconds) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (RawStore here = RawStore.open(directory.resolve("here"), workload);
                RawStore there = RawStore.open(directory.resolve("there"), workload);
                ServerSocket server = new ServerSocket(0, 1, loopback);
                Socket out = new Socket(loopback, server.getLocalPort());
                Socket in = server.accept()) {
            out.setTcpNoDelay(true);
            in.setTcpNoDelay(true);
            CompletableFuture<Void> receiving = CompletableFuture.runAsync(() -> receive(in, there));
            Latencies latencies = send(out, here, seconds);
            receiving.join();
            return latencies;
        } catch (IOException e) {
            throw new UncheckedIOException("the raw lag can't be measured: " + e.getMessage(), e);
        }
    }

    /** The other side says when it has synced, by the clock that both have: this machine's. */
    private static Latencies send(Socket socket, RawStore store, int seconds) throws IOException {
        Latencies latencies = new Latencies();
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        long measured = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) / 2;
        long end = measured + TimeUnit.SECONDS.toNanos(seconds);
        long began = System.nanoTime();
        for (int number = 0; began - end < 0; number++) {
            store.write(number, number + 1, 1);
            out.writeInt(number);
            long synced = in.readLong();
            if (began - measured >= 0) {
                latencies.record(synced - began);
            }
            began = System.nanoTime();
        }
        out.writeInt(END);
        return latencies;
    }

    private static void receive(Socket socket, RawStore store) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            for (int number = in.readInt(); number != END; number = in.readInt()) {
                store.write(number, number + 1, 1);
                out.writeLong(System.nanoTime());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
