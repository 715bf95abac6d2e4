package io.entente.core.codec;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.SnapshotChunk;
import io.entente.core.message.PeerMessage.SnapshotCredit;
import io.entente.core.message.PeerMessage.SnapshotRefused;
import io.entente.core.message.PeerMessage.WantSnapshot;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.message.SnapshotRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of messages about snapshots, behind format and kind. A chunk ends with the CRC-32C of all that it says: rows are stored as they come,
 * and nothing else would notice a flipped bit in them, or in what says that they are the last.
 */
final class SnapshotMessages {

    private SnapshotMessages() {}

    static void write(WantSnapshot message, ByteWriter out) {
        PeerMessageCodec.write(out, message.id());
        out.u8(message.resume().isPresent() ? 1 : 0);
        message.resume().ifPresent(position -> write(position, out));
        out.varint(message.creditBytes());
    }

    static void write(SnapshotChunk message, ByteWriter out) {
        PeerMessageCodec.write(out, message.id());
        write(message.after(), out);
        out.varint(message.rows().size());
        for (SnapshotRow row : message.rows()) {
            out.bytes(row.place()).bytes(row.value()).varint(row.rest());
        }
        out.u8(message.last() ? 1 : 0).varint(message.total());
        out.u32(checksum(message));
    }

    static void write(SnapshotCredit message, ByteWriter out) {
        PeerMessageCodec.write(out, message.id());
        out.varint(message.limitBytes());
    }

    static void write(SnapshotRefused message, ByteWriter out) {
        PeerMessageCodec.write(out, message.id());
        out.string(message.why());
    }

    static PeerMessage read(int kind, ByteReader in) {
        return switch (kind) {
            case PeerMessageCodec.WANT_SNAPSHOT ->
                new WantSnapshot(
                        PeerMessageCodec.subscriptionId(in),
                        in.flag() ? Optional.of(position(in)) : Optional.empty(),
                        Counts.notNegative(in.varint(), "credit"));
            case PeerMessageCodec.SNAPSHOT_CHUNK -> chunk(in);
            case PeerMessageCodec.SNAPSHOT_CREDIT ->
                new SnapshotCredit(PeerMessageCodec.subscriptionId(in), Counts.notNegative(in.varint(), "credit"));
            default -> new SnapshotRefused(PeerMessageCodec.subscriptionId(in), in.string());
        };
    }

    private static SnapshotChunk chunk(ByteReader in) {
        var id = PeerMessageCodec.subscriptionId(in);
        SnapshotPosition after = position(in);
        int size = in.count(3);
        List<SnapshotRow> rows = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            rows.add(new SnapshotRow(in.bytes(), in.bytes(), Counts.notNegative(in.varint(), "rest")));
        }
        boolean last = in.flag();
        long total = Counts.notNegative(in.varint(), "total");
        SnapshotChunk chunk = new SnapshotChunk(id, after, rows, last, total);
        if (in.u32() != checksum(chunk)) {
            throw new MalformedBytesException("a chunk of a snapshot doesn't have the checksum that it claims");
        }
        return chunk;
    }

    private static void write(SnapshotPosition position, ByteWriter out) {
        out.i64(position.session()).i64(position.number()).bytes(position.row());
        out.varint(position.taken()).varint(position.bytes());
    }

    private static SnapshotPosition position(ByteReader in) {
        return new SnapshotPosition(
                in.i64(),
                in.i64(),
                in.bytes(),
                Counts.notNegative(in.varint(), "taken"),
                Counts.notNegative(in.varint(), "bytes"));
    }

    private static long checksum(SnapshotChunk chunk) {
        CRC32C crc = new CRC32C();
        ByteWriter scratch = new ByteWriter();
        PeerMessageCodec.write(scratch, chunk.id());
        write(chunk.after(), scratch);
        scratch.u8(chunk.last() ? 1 : 0)
                .varint(chunk.total())
                .varint(chunk.rows().size());
        scratch.updateInto(crc, 0);
        for (SnapshotRow row : chunk.rows()) {
            add(row.place(), scratch.reset(), crc);
            add(row.value(), scratch.reset(), crc);
            scratch.reset().varint(row.rest()).updateInto(crc, 0);
        }
        return crc.getValue();
    }

    private static void add(Bytes bytes, ByteWriter scratch, CRC32C crc) {
        scratch.varint(bytes.length()).updateInto(crc, 0);
        crc.update(bytes.unsafeArray(), 0, bytes.length());
    }
}
