package io.entente.cluster.serialization;

import akka.serialization.ByteBufferSerializer;
import akka.serialization.SerializerWithStringManifest;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.message.NodeId;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;

/** Writes envelopes as bytes around bytes: the content has its encoding already. Made by Akka by reflection. Thread-safe. */
public final class PeerEnvelopeSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {

    /** Unique among the serializers of a system; Akka's own are below 40. */
    private static final int IDENTIFIER = 1_702_128_750;

    private static final String MANIFEST = "p1";
    private static final int HEADER_BYTES = 64;

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        return MANIFEST;
    }

    @Override
    public byte[] toBinary(Object message) {
        Bytes content = envelope(message).content();
        ByteWriter header = header(envelope(message));
        return new ByteWriter(header.position() + content.length())
                .raw(header.toBytes())
                .raw(content)
                .take()
                .unsafeArray();
    }

    /** Straight into remoting's own buffer; its byte order concerns numbers, of which none is written here as such. */
    @Override
    public void toBinary(Object message, ByteBuffer buffer) {
        buffer.put(header(envelope(message)).toBytes().unsafeArray());
        buffer.put(envelope(message).content().unsafeArray());
    }

    @Override
    public Object fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return fromBinary(bytes, manifest);
    }

    private static PeerEnvelope envelope(Object message) {
        if (message instanceof PeerEnvelope envelope) {
            return envelope;
        }
        throw new IllegalArgumentException("not an envelope: " + message.getClass());
    }

    private static ByteWriter header(PeerEnvelope envelope) {
        return new ByteWriter(HEADER_BYTES)
                .i64(envelope.cluster())
                .string(envelope.from().dataCenter())
                .string(envelope.from().node())
                .i64(envelope.message())
                .varint(envelope.piece())
                .varint(envelope.pieces());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        if (!MANIFEST.equals(manifest)) {
            throw new NotSerializableException(
                    "an envelope of form '" + manifest + "', and this version of Entente knows '" + MANIFEST
                            + "': run a version that knows it on every node");
        }
        try {
            ByteReader in = new ByteReader(Bytes.wrap(bytes));
            long cluster = in.i64();
            NodeId from = new NodeId(in.string(), in.string());
            long message = in.i64();
            int piece = in.varint(Integer.MAX_VALUE);
            int pieces = in.varint(Integer.MAX_VALUE);
            return new PeerEnvelope(cluster, from, message, piece, pieces, in.rest());
        } catch (MalformedBytesException e) {
            throw new NotSerializableException("a malformed envelope: " + e.getMessage());
        }
    }
}
