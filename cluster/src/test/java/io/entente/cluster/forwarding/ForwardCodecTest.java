package io.entente.cluster.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException.Cause;
import io.entente.cluster.routing.Router;
import io.entente.cluster.routing.Router.ReadTerms;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Lineage;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.effect.Reply;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Ancestry;
import io.entente.core.record.Part;
import io.entente.core.record.PartOperation;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every forwarded message comes back as it was, and bytes that are none are refused. */
class ForwardCodecTest {

    private static final Origin EU = new Origin("eu", "eu-1", 1_000, 42);
    private static final Origin US = new Origin("us", "us-1", 2_000, -7);
    private static final CausalContext CONTEXT = CausalContext.of(List.of(new Dot(EU, 3), new Dot(US, 1)), false);
    private static final VersionVector VECTOR = vector();
    private static final RecordKey KEY = new RecordKey("users", "Zoë");
    private static final Duration TIMEOUT = Duration.ofMillis(1_500);
    private static final Payload VALUE = Payload.value(Bytes.utf8("hello"));
    private static final Reply.Written WRITTEN = new Reply.Written(new Dot(EU, 4), CONTEXT, VECTOR);

    private final ForwardCodec codec = new ForwardCodec();

    @Test
    void everyMessageComesBackAsItWas() {
        for (ForwardMessage message : messages()) {
            assertThat(codec.decode(ForwardCodec.encode(message))).isEqualTo(message);
        }
    }

    @Test
    void aMessageThatIsCutOffIsRefused() {
        for (ForwardMessage message : messages()) {
            Bytes whole = ForwardCodec.encode(message);
            for (int length = 0; length < whole.length(); length++) {
                Bytes cut = whole.slice(0, length);
                assertThatThrownBy(() -> codec.decode(cut))
                        .as("%d bytes of %s", length, message)
                        .isInstanceOf(MalformedBytesException.class);
            }
        }
    }

    @Test
    void damagedMessagesAreRefusedOrOthers() {
        Random random = new Random(7);
        List<ForwardMessage> messages = messages();
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = ForwardCodec.encode(messages.get(random.nextInt(messages.size())))
                    .toArray();
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            decodesOrRefuses(Bytes.wrap(Arrays.copyOf(bytes, bytes.length - random.nextInt(2))));
        }
    }

    @Test
    void garbageIsRefused() {
        Random random = new Random(8);
        for (int i = 0; i < 50_000; i++) {
            byte[] garbage = new byte[random.nextInt(80)];
            random.nextBytes(garbage);
            if (garbage.length > 1) {
                garbage[0] = ForwardCodec.FORMAT;
                garbage[1] = (byte) (1 + random.nextInt(8));
            }
            decodesOrRefuses(Bytes.wrap(garbage));
        }
    }

    @Test
    void anotherFormatIsToldFromADamagedOne() {
        byte[] other = ForwardCodec.encode(messages().get(0)).toArray();
        other[0] = 2;
        assertThatThrownBy(() -> codec.decode(Bytes.wrap(other)))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("format of a forwarded request is 2");
    }

    @Test
    void everyOutcomeCauseAndRefusalHasANumber() {
        assertThat(ForwardCodec.OUTCOMES).containsExactlyInAnyOrder(Outcome.values());
        assertThat(ForwardCodec.CAUSES).containsExactlyInAnyOrder(Cause.values());
        assertThat(ReplyForms.REFUSALS).containsExactlyInAnyOrder(Reply.Refusal.values());
    }

    /** Nodes of different builds talk to each other: what stands here stays. */
    @Test
    void theBytesOfAMessageNeverChange() {
        ForwardMessage write = new ForwardMessage.Write(
                5,
                new Router.Write(
                        new RecordKey("m", "k"),
                        Payload.value(Bytes.utf8("v")),
                        WriteCondition.none(),
                        WriteConcern.localQuorum(),
                        Duration.ofNanos(9)));
        assertThat(HexFormat.of().formatHex(ForwardCodec.encode(write).toArray()))
                .isEqualTo("0101" + "0000000000000005" + "016d" + "016b" + "000176" + "00" + "02" + "09");
        ForwardMessage kept = new ForwardMessage.Write(
                5, ((ForwardMessage.Write) write).request().kept(true));
        assertThat(HexFormat.of().formatHex(ForwardCodec.encode(kept).toArray()))
                .isEqualTo("0107" + "0000000000000005" + "016d" + "016b" + "000176" + "00" + "02" + "09");
    }

    @Test
    void ancestorsTravelOnlyWithAConflict() {
        Sibling base = new Sibling(new Dot(EU, 2), new HybridTimestamp(1, 0), VALUE);
        Sibling left = new Sibling(new Dot(EU, 3), new HybridTimestamp(2, 0), VALUE);
        Sibling right = new Sibling(new Dot(US, 1), new HybridTimestamp(2, 1), VALUE);
        Ancestry ancestry = new Ancestry(
                List.of(base),
                Lineage.of(Map.of(
                        base.dot(), List.of(), left.dot(), List.of(base.dot()), right.dot(), List.of(base.dot()))));
        ForwardMessage conflict = new ForwardMessage.Replied(
                2, new Reply.Found(Siblings.of(left, right).with(ancestry), VECTOR));
        assertThat(codec.decode(ForwardCodec.encode(conflict))).isEqualTo(conflict);
        ForwardMessage single =
                new ForwardMessage.Replied(2, new Reply.Found(Siblings.of(left).with(ancestry), VECTOR));
        assertThat(codec.decode(ForwardCodec.encode(single)))
                .isEqualTo(new ForwardMessage.Replied(2, new Reply.Found(Siblings.of(left), VECTOR)));
    }

    private void decodesOrRefuses(Bytes bytes) {
        try {
            assertThat(codec.decode(bytes)).isInstanceOf(ForwardMessage.class);
        } catch (MalformedBytesException | UnsupportedFormatException refused) {
            assertThat(refused).hasMessageMatching("(?s).{10,}");
        }
    }

    private static final Payload OPERATIONS = Payload.operations(
            new PartOperation.Reset(Bytes.utf8("a")),
            new PartOperation.Put(Bytes.utf8("a"), Bytes.empty()),
            new PartOperation.Tally(Bytes.utf8("c"), -3));

    static List<ForwardMessage> messages() {
        Siblings siblings = Siblings.of(
                new Sibling(new Dot(EU, 3), new HybridTimestamp(1, 0), VALUE),
                new Sibling(new Dot(US, 1), new HybridTimestamp(2, 1), Payload.deletion()));
        return List.of(
                write(VALUE, WriteCondition.none(), WriteConcern.async()),
                write(OPERATIONS, WriteCondition.none(), WriteConcern.async()),
                new ForwardMessage.ReadParts(
                        5,
                        new Router.PartsRead(
                                KEY, Optional.of(Bytes.utf8("part")), 1 << 20, ReadTerms.session(VECTOR, TIMEOUT))),
                new ForwardMessage.ReadParts(
                        5,
                        new Router.PartsRead(
                                KEY, Optional.empty(), 1, ReadTerms.session(VersionVector.empty(), TIMEOUT))),
                new ForwardMessage.Replied(6, new Reply.FoundParts(List.of(), VECTOR)),
                new ForwardMessage.Replied(
                        6,
                        new Reply.FoundParts(
                                List.of(Part.of(Bytes.utf8("a"), siblings), Part.of(Bytes.utf8("b"), -3)), VECTOR)),
                new ForwardMessage.Listed(
                        7,
                        new Router.Listing(
                                List.of(
                                        new Router.Listed("k", Optional.of(List.of(Part.of(Bytes.utf8("b"), 3)))),
                                        new Router.Listed("large", Optional.empty())),
                                Optional.empty())),
                new ForwardMessage.List(
                        1, new Router.ListRequest("users", "", Optional.empty(), 1, true), Partitions.all(8)),
                write(Payload.deletion(), WriteCondition.seen(CONTEXT), WriteConcern.dataCenters(3)),
                write(VALUE, WriteCondition.ifCurrent(CausalContext.empty()), WriteConcern.localQuorum()),
                write(VALUE, WriteCondition.ifAbsent(), WriteConcern.quorum()),
                new ForwardMessage.Write(
                        7,
                        new Router.Write(KEY, VALUE, WriteCondition.none(), WriteConcern.async(), TIMEOUT).kept(true)),
                new ForwardMessage.Read(Long.MAX_VALUE, new Router.Read(KEY, VECTOR, TIMEOUT)),
                new ForwardMessage.Read(0, new Router.Read(KEY, VersionVector.empty(), TIMEOUT)),
                new ForwardMessage.List(
                        1,
                        new Router.ListRequest("users", "a", Optional.of("ab"), 10_000),
                        new Partitions(new TreeSet<>(List.of(0, 7, 12)))),
                new ForwardMessage.List(1, new Router.ListRequest("users", "", Optional.empty(), 1), Partitions.all(8)),
                new ForwardMessage.Replied(2, WRITTEN),
                new ForwardMessage.Replied(2, new Reply.Found(siblings, VECTOR)),
                new ForwardMessage.Replied(2, new Reply.Found(Siblings.none(), VersionVector.empty())),
                new ForwardMessage.Replied(2, new Reply.Refused(Reply.Refusal.TOO_MANY_SIBLINGS, "too many: resolve")),
                new ForwardMessage.Replied(
                        2,
                        new Reply.ConcernTimedOut(
                                WRITTEN, List.of(new NodeId("eu", "eu-1"), new NodeId("us", "us-1")), Reply.Over.TIME)),
                new ForwardMessage.Listed(
                        3, new Router.Listing(List.of(new Router.Listed("k", siblings)), Optional.of("k"))),
                new ForwardMessage.Listed(3, new Router.Listing(List.of(), Optional.empty())),
                new ForwardMessage.Look(5),
                new ForwardMessage.SetLink(6, "eu", "us", true),
                new ForwardMessage.SetLink(6, "us", "eu", false),
                new ForwardMessage.Seen(7, Bytes.utf8("{}")),
                new ForwardMessage.Done(8),
                new ForwardMessage.Failed(4, Outcome.NOT_APPLIED, Cause.OVERLOADED, "too much: try again"),
                new ForwardMessage.Failed(-4, Outcome.UNKNOWN, Cause.UNREACHABLE, ""),
                read(ReadConcern.local()),
                read(ReadConcern.quorum()),
                read(ReadConcern.localQuorum()),
                read(ReadConcern.replicas(3)),
                new ForwardMessage.ReadParts(
                        5,
                        new Router.PartsRead(
                                KEY, Optional.empty(), 1, new ReadTerms(ReadConcern.quorum(), VECTOR, TIMEOUT))),
                new ForwardMessage.Write(
                        7,
                        new Router.Write(KEY, VALUE, WriteCondition.none(), WriteConcern.async(), TIMEOUT)
                                .kept(true)
                                .after(VECTOR)),
                read(ReadConcern.leader()),
                write(VALUE, WriteCondition.none(), WriteConcern.all()),
                write(VALUE, WriteCondition.none(), WriteConcern.tail()),
                new ForwardMessage.Begin(9, Partitions.all(8), Optional.empty(), TIMEOUT),
                new ForwardMessage.Begin(
                        9,
                        Partitions.of(3),
                        Optional.of(ReplicationMode.singleLeader(
                                new Acknowledgement.SemiSync(2, Optional.of(Duration.ofMillis(300))), Failover.MANUAL)),
                        TIMEOUT),
                new ForwardMessage.Replied(2, new Reply.Refused(Reply.Refusal.NO_LEADER, "nobody leads: try again")),
                new ForwardMessage.Replied(
                        2, new Reply.ConcernTimedOut(WRITTEN, List.of(new NodeId("eu", "eu-1")), Reply.Over.EPOCH)),
                new ForwardMessage.Vote(9, Partitions.of(3), new TreeSet<>(List.of("eu-1", "us-1")), TIMEOUT));
    }

    private static ForwardMessage read(ReadConcern concern) {
        return new ForwardMessage.Read(8, new Router.Read(KEY, new ReadTerms(concern, VECTOR, TIMEOUT)));
    }

    private static ForwardMessage write(Payload payload, WriteCondition condition, WriteConcern concern) {
        return new ForwardMessage.Write(-1, new Router.Write(KEY, payload, condition, concern, TIMEOUT));
    }

    private static VersionVector vector() {
        VersionVector.Builder vector = new VersionVector.Builder();
        vector.raise(EU, 3);
        vector.raise(US, 17);
        return vector.build();
    }
}
