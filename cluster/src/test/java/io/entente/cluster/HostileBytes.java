package io.entente.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What somebody might send to a port who means no good, or something else: a function of the seed. */
final class HostileBytes {

    private static final List<String> REQUESTS = List.of(
            "GET /cluster HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain\r\n\r\n",
            "PUT /maps/m/k?write=2dc&timeout=1ms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
            "POST /maps/c/k HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n{\"increment\":3}\r\n0\r\n\r\n",
            "GET /maps/m?prefix=a&after=b&limit=10 HTTP/1.1\r\nHost: localhost\r\nEntente-Session: IQAA\r\n\r\n",
            "POST /admin/links HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer entente_x\r\nContent-Length: 2\r\n\r\n{}",
            "GET /conflicts?map=m&key=%F0%9F%98%80 HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 7\r\n\r\n");

    /** Large enough for a frame's header, which is of fixed size. */
    private static final int FRAME = 200;

    private final Random random;

    HostileBytes(long seed) {
        this.random = new Random(seed);
    }

    /** Nothing in particular. */
    byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A request, but for some bytes. */
    byte[] request() {
        String request = REQUESTS.get(random.nextInt(REQUESTS.size()));
        byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(6); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return cut(bytes);
    }

    /** A beginning as Akka's remoting has it, then frames whose lengths and contents are as they please. */
    byte[] frames() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("AKKA".getBytes(StandardCharsets.US_ASCII));
        out.write(1 + random.nextInt(4));
        for (int i = random.nextInt(4); i >= 0; i--) {
            byte[] content = new byte[random.nextInt(FRAME)];
            random.nextBytes(content);
            int length = switch (random.nextInt(6)) {
                case 0 -> Integer.MAX_VALUE;
                case 1 -> -1;
                case 2 -> 0;
                default -> content.length;
            };
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(length)
                    .array());
            out.writeBytes(content);
        }
        return cut(out.toByteArray());
    }

    /** A record of a TLS handshake, as far as its first bytes go. */
    byte[] handshake() {
        byte[] bytes = noise();
        byte[] head = {22, 3, 1, 0, (byte) random.nextInt(256), 1};
        System.arraycopy(head, 0, bytes, 0, Math.min(head.length, bytes.length));
        return bytes;
    }

    private byte[] cut(byte[] bytes) {
        return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)) : bytes;
    }
}
