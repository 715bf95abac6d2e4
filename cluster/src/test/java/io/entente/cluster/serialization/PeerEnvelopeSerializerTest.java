package io.entente.cluster.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Envelopes come back as they were, and hostile bytes do no more than fail. */
class PeerEnvelopeSerializerTest {

    private static final String MANIFEST = "p1";

    private final PeerEnvelopeSerializer serializer = new PeerEnvelopeSerializer();
    private final PeerEnvelope envelope =
            new PeerEnvelope(-7, new NodeId("eu", "eu-1"), Long.MIN_VALUE, 3, 5, Bytes.utf8("content"));

    @Test
    void anEnvelopeComesBackAsItWas() throws Exception {
        assertThat(serializer.fromBinary(serializer.toBinary(envelope), serializer.manifest(envelope)))
                .isEqualTo(envelope);
    }

    @Test
    void aBufferHoldsTheSameBytesWhateverItsByteOrder() throws Exception {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(1_000).order(order);
            serializer.toBinary(envelope, buffer);
            buffer.flip();
            byte[] written = new byte[buffer.remaining()];
            buffer.duplicate().get(written);

            assertThat(written).isEqualTo(serializer.toBinary(envelope));
            assertThat(serializer.fromBinary(buffer, MANIFEST)).isEqualTo(envelope);
        }
    }

    @Test
    void anEmptyContentIsAContent() throws Exception {
        PeerEnvelope empty = new PeerEnvelope(1, new NodeId("", ""), 0, 0, 1, Bytes.empty());
        assertThat(serializer.fromBinary(serializer.toBinary(empty), MANIFEST)).isEqualTo(empty);
    }

    @Test
    void anotherFormIsRefusedWithARemedy() {
        assertThatThrownBy(() -> serializer.fromBinary(serializer.toBinary(envelope), "p2"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("p2")
                .hasMessageContaining("run a version");
    }

    @Test
    void aCutOffHeaderIsRefused() {
        byte[] whole = serializer.toBinary(envelope);
        int header = whole.length - "content".length();
        for (int length = 0; length < header; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> serializer.fromBinary(cut, MANIFEST))
                    .as("%d bytes", length)
                    .isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void randomBytesAreAnEnvelopeOrRefused() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] hostile = new byte[random.nextInt(64)];
            random.nextBytes(hostile);
            try {
                assertThat(serializer.fromBinary(hostile, MANIFEST)).isInstanceOf(PeerEnvelope.class);
            } catch (NotSerializableException expected) {
                assertThat(expected).hasMessageContaining("malformed envelope");
            }
        }
    }

    @Test
    void anythingElseIsNotItsToWrite() {
        assertThatThrownBy(() -> serializer.toBinary("text")).isInstanceOf(IllegalArgumentException.class);
    }
}
