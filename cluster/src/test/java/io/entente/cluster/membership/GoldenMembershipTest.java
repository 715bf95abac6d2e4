package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.golden.GoldenFiles;
import io.entente.cluster.golden.GoldenFiles.Golden;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.message.NodeId;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import io.entente.core.topology.TopologyPlan;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nodes say to each other and remember, and values as they are stored: their bytes are those of the golden files. */
class GoldenMembershipTest {

    private static final GoldenFiles FILES = new GoldenFiles("membership");
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = OFF")
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve());
    private static final Serialization SERIALIZATION =
            SerializationExtension.get(KIT.system().classicSystem());
    private static final Bytes NODE = new ByteWriter()
            .u16(0xFFFF)
            .string("node")
            .raw(Bytes.utf8("us/us-1"))
            .toBytes();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    static List<Golden> goldens() throws NotSerializableException {
        return List.of(
                said(
                        "hello-1",
                        new Hello(
                                1,
                                "eu-1",
                                "eu",
                                "akka://entente@127.0.0.1:2551",
                                Optional.of("c-1"),
                                8,
                                true,
                                true,
                                false,
                                Optional.of("us/us-1"),
                                Optional.of("ff"),
                                Optional.of("03"))),
                said(
                        "hello-1-http",
                        new Hello(
                                1,
                                "eu-1",
                                "eu",
                                "akka://entente@127.0.0.1:2551",
                                Optional.of("c-1"),
                                8,
                                true,
                                true,
                                false,
                                Optional.empty(),
                                Optional.of("ff"),
                                Optional.of("03"),
                                Optional.of("http://127.0.0.1:8081"),
                                Optional.empty(),
                                Optional.empty())),
                said(
                        "hello-1-behind",
                        new Hello(
                                1,
                                "eu-1",
                                "eu",
                                "akka://entente@127.0.0.1:2551",
                                Optional.of("c-1"),
                                8,
                                true,
                                true,
                                false,
                                Optional.empty(),
                                Optional.of("ff"),
                                Optional.of("03"),
                                Optional.empty(),
                                Optional.of("0c"),
                                Optional.empty())),
                said(
                        "hello-1-mode",
                        new Hello(
                                1,
                                "eu-1",
                                "eu",
                                "akka://entente@127.0.0.1:2551",
                                Optional.of("c-1"),
                                8,
                                true,
                                true,
                                false,
                                Optional.empty(),
                                Optional.of("ff"),
                                Optional.of("03"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("single-leader"))),
                said("topology-news", new TopologyNews("c-1", "3 eu-1 ring")),
                said(
                        "resolver-news",
                        new ResolverNews("c-1", "eu", "eu-1", Map.of("carts", "union 1"), Optional.of("carts"))),
                said("clock-question", new ClockQuestion("c-1", "eu", "eu-1", 7, 1_000)),
                said("clock-answer", new ClockAnswer("c-1", "eu", "eu-1", 7, 1_800_000_000_000L)),
                said("envelope-p1", new PeerEnvelope(-7, new NodeId("eu", "eu-1"), 9, 1, 2, Bytes.utf8("content"))),
                topology(),
                known(),
                value("value-1-json", StoredValue.json("{\"a\":1}")),
                value("value-1-text", StoredValue.text("text")),
                value("value-1-binary", StoredValue.binary(Bytes.of((byte) 0xFF))),
                value("value-1-named", new StoredValue("image/png", Bytes.of((byte) 1))));
    }

    /** The manifest is a part of what travels; the number of the serializer is what it is found by. */
    private static Golden said(String name, Object message) throws NotSerializableException {
        SerializerWithStringManifest serializer =
                (SerializerWithStringManifest) SERIALIZATION.serializerFor(message.getClass());
        Bytes bytes = new ByteWriter()
                .u32(serializer.identifier() & 0xFFFF_FFFFL)
                .string(serializer.manifest(message))
                .raw(serializer.toBinary(message))
                .toBytes();
        return new Golden(name, message, bytes, GoldenMembershipTest::heard);
    }

    private static Object heard(Bytes bytes) {
        var in = new io.entente.core.bytes.ByteReader(bytes);
        int serializer = (int) in.u32();
        String manifest = in.string();
        return SERIALIZATION
                .deserialize(in.rest().toArray(), serializer, manifest)
                .get();
    }

    private static Golden topology() {
        AgreedTopology ring = new AgreedTopology(3, "eu-1", new TopologyPlan.Ring());
        return new Golden("topology", ring, Bytes.utf8(ring.text()), bytes -> AgreedTopology.parse(bytes.utf8()));
    }

    private static Golden known() {
        KnownNodes nodes = KnownNodes.recover(new MemoryStore(), 8);
        nodes.note(new NodeId("us", "us-1"), "akka://entente@10.0.0.2:2551", Partitions.all(3));
        MemoryStore store = new MemoryStore();
        store.commit(nodes.takeUnsaved());
        return new Golden(
                "known-node-2",
                Map.of(new NodeId("us", "us-1"), Partitions.all(3)),
                store.get(Table.META, NODE).orElseThrow(),
                bytes -> remembering(bytes).holdings());
    }

    private static KnownNodes remembering(Bytes bytes) {
        MemoryStore store = new MemoryStore();
        store.commit(new WriteBatch().put(Table.META, NODE, bytes));
        return KnownNodes.recover(store, 8);
    }

    private static Golden value(String name, StoredValue value) {
        return new Golden(name, value, value.envelope(), StoredValue::open);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void theBytesAreThoseOfTheGoldenFile(Golden golden) {
        FILES.check(golden);
    }

    @Test
    void everyGoldenFileIsOfAFormatThatIsRead() throws NotSerializableException {
        FILES.checkComplete(goldens());
    }

    @Test
    void aNodeRememberedInTheFirstFormIsStillRead() {
        assertThat(remembering(Bytes.utf8("akka://entente@10.0.0.2:2551")).holdings())
                .containsEntry(new NodeId("us", "us-1"), Partitions.all(8));
    }

    @Test
    void whatALaterVersionRememberedIsRefusedWithBothVersionsAndARemedy() {
        assertThatThrownBy(() -> remembering(Bytes.of((byte) 3)))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageMatching(".* is 3, and this version of Entente knows format 2: run a version .*");
    }

    @Test
    void aValueOfALaterVersionIsRefusedWithBothVersionsAndARemedy() {
        assertThatThrownBy(() -> StoredValue.open(Bytes.of((byte) 0x21)))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageMatching(".* is 2, and this version of Entente knows version 1: run a version .*");
    }

    @Test
    void anEnvelopeOfALaterFormIsRefusedWithBothAndARemedy() throws NotSerializableException {
        SerializerWithStringManifest serializer =
                (SerializerWithStringManifest) SERIALIZATION.serializerFor(PeerEnvelope.class);
        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "p2"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("'p2'")
                .hasMessageContaining("'p1'")
                .hasMessageContaining("run a version");
    }
}
