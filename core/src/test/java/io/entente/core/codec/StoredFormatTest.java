package io.entente.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Lineage;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.Ballot;
import io.entente.core.message.Census;
import io.entente.core.message.Entry;
import io.entente.core.message.Epoch;
import io.entente.core.message.Life;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Credit;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.EpochIs;
import io.entente.core.message.PeerMessage.Progress;
import io.entente.core.message.PeerMessage.Promised;
import io.entente.core.message.PeerMessage.Run;
import io.entente.core.message.PeerMessage.Subscribe;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.message.Registration;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.message.Report;
import io.entente.core.message.SubscriptionId;
import io.entente.core.record.Ancestry;
import io.entente.core.record.PartOperation;
import io.entente.core.record.PartRow;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.record.Tally;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The bytes as they are on disks and on wires today. A change here is a change of format: it takes a new format number, and code
 * that still reads the old one.
 */
class StoredFormatTest {

    private static final Origin EU = new Origin("eu", "eu-1", 0x0102_0304_0506L, 0x1112_1314_1516_1718L);
    private static final Origin US = new Origin("us", "us-1", 0x0203_0405_0607L, 0x2122_2324_2526_2728L);
    private static final HybridTimestamp TIME = new HybridTimestamp(0x0A0B_0C0D_0E0FL, 0x0102);
    private static final RecordKey KEY = new RecordKey("map", "k\u00FC");
    private static final Life LIFE = new Life(3, new Registration(0x3132L, 0x3334L));

    private final OriginCodec origins = new OriginCodec(new OriginPool());

    @Test
    void anEntry() {
        Entry entry = new Entry(
                new Dot(EU, 5),
                VersionVector.of(US, 300),
                KEY,
                Payload.value(Bytes.utf8("v")),
                TIME,
                List.of(new Dot(EU, 4), new Dot(US, 299)));
        assertThat(hex(new EntryCodec(origins).encode(entry).encoded()))
                .isEqualTo("01f118e9f401000002030405060721222324252627280275730475732d310a0b0c0d0e0f01020101"
                        + "ac02036d6170036bc3bc02000401ab02000176");
    }

    @Test
    void aDeletionsEntry() {
        Entry entry = new Entry(new Dot(EU, 1), VersionVector.empty(), KEY, Payload.deletion(), TIME, List.of());
        assertThat(hex(new EntryCodec(origins).encode(entry).encoded()))
                .isEqualTo("01e29e3249000a0b0c0d0e0f010200036d6170036bc3bc0001");
    }

    @Test
    void anOperationsEntry() {
        Payload payload = Payload.operations(
                new PartOperation.Reset(
                        Bytes.utf8("m"), List.of(new PartOperation.Observed(Bytes.utf8("mc"), new Dot(US, 7), -2))),
                new PartOperation.Put(Bytes.utf8("p"), Bytes.utf8("v")),
                new PartOperation.Tombstone(Bytes.utf8("t")),
                new PartOperation.Forget(Bytes.utf8("f")),
                new PartOperation.Tally(Bytes.utf8("c"), 300, true));
        Entry entry = new Entry(new Dot(EU, 1), VersionVector.empty(), KEY, payload, TIME, List.of());
        assertThat(hex(new EntryCodec(origins).encode(entry).encoded()))
                .isEqualTo(
                        "01c9d2b8be000a0b0c0d0e0f010200036d6170036bc3bc00020504016d01026d63000002030405060721222324252627280275730475732d3107030001700176010174020166030163d80401");
    }

    @Test
    void rowsOfMergeableValues() {
        PartRowCodec rows = new PartRowCodec(origins);
        Tally tally = new Tally(3, 5, 300, Optional.of(new Tally.Base(4, -1, new Dot(US, 7))));
        assertThat(hex(rows.encode(new PartRow.Contribution(tally))))
                .isEqualTo("810305d804010401000002030405060721222324252627280275730475732d3107");
        PartKeys keys = new PartKeys(1);
        RecordKey key = new RecordKey("map", "k\0");
        assertThat(hex(keys.versions(key, Bytes.utf8("p\0")))).isEqualTo("00018000036d61706b00ff0000707000");
        assertThat(hex(keys.tally(key, Bytes.utf8("p\0"), EU)))
                .isEqualTo("00018000036d61706b00ff0000737000ff0000000001020304050611121314151617180265750465752d31");
        assertThat(hex(keys.purgeable(EU, 5, Bytes.utf8("row"))))
                .isEqualTo("000170000001020304050611121314151617180265750465752d310000000000000005726f77");
    }

    @Test
    void anEntryWhoseVersionIsKept() {
        Entry entry = new Entry(new Dot(EU, 1), VersionVector.empty(), KEY, Payload.deletion(), TIME, List.of(), true);
        assertThat(hex(new EntryCodec(origins).encode(entry).encoded()))
                .isEqualTo("02512e5f9a000a0b0c0d0e0f010200036d6170036bc3bc0001");
    }

    @Test
    void siblingsWithAnAncestry() {
        Dot base = new Dot(EU, 4);
        Siblings siblings = Siblings.of(
                        new Sibling(new Dot(EU, 5), TIME, Payload.value(Bytes.utf8("v"))),
                        new Sibling(new Dot(US, 300), TIME, Payload.deletion()))
                .with(new Ancestry(
                        List.of(new Sibling(base, TIME, Payload.value(Bytes.utf8("b")))),
                        Lineage.of(Map.of(base, List.of(), new Dot(US, 300), List.of(base)))));
        assertThat(hex(new SiblingsCodec(origins).encode(siblings)))
                .isEqualTo("0202000001020304050611121314151617180265750465752d31050a0b0c0d0e0f01020001760000"
                        + "02030405060721222324252627280275730475732d31ac020a0b0c0d0e0f01020101000001020304"
                        + "050611121314151617180265750465752d31040a0b0c0d0e0f010200016200020001");
    }

    @Test
    void siblings() {
        Siblings siblings = Siblings.of(
                new Sibling(new Dot(EU, 5), TIME, Payload.value(Bytes.utf8("v"))),
                new Sibling(new Dot(US, 300), TIME, Payload.deletion()));
        assertThat(hex(new SiblingsCodec(origins).encode(siblings)))
                .isEqualTo("0102000001020304050611121314151617180265750465752d31050a0b0c0d0e0f01020001760000"
                        + "02030405060721222324252627280275730475732d31ac020a0b0c0d0e0f010201");
    }

    @Test
    void aSubscription() {
        PeerMessage message = new Subscribe(new SubscriptionId(1, 2), new TreeMap<>(Map.of(EU, 5L, US, 0L)), 1 << 20);
        assertThat(hex(PeerMessageCodec.encode(message)))
                .isEqualTo("01010000000000000001000000000000000202000001020304050611121314151617180265750465"
                        + "752d3105000002030405060721222324252627280275730475732d3100808040");
    }

    @Test
    void entries() {
        PeerMessage message = new Entries(
                new SubscriptionId(1, 2), List.of(new Run(EU, 6, List.of(Bytes.utf8("one"), Bytes.utf8("two")))));
        assertThat(hex(PeerMessageCodec.encode(message)))
                .isEqualTo("01020000000000000001000000000000000201000001020304050611121314151617180265750465"
                        + "752d310602036f6e650374776f");
    }

    @Test
    void progress() {
        Report own =
                new Report(new NodeId("eu", "eu-1"), LIFE, Ballot.zero(), VersionVector.of(EU, 5), Optional.empty());
        Census census = new Census(true, new TreeMap<>(Map.of("eu-1", LIFE)));
        Report relayed = new Report(
                new NodeId("us", "us-1"),
                LIFE,
                new Ballot(7, new NodeId("eu", "eu-1")),
                VersionVector.empty(),
                Optional.of(census));
        Credit credit = new Credit(new SubscriptionId(1, 2), 200);
        PeerMessage message = new Progress(own, List.of(relayed), true, true, Optional.of(credit));
        assertThat(hex(PeerMessageCodec.encode(message)))
                .isEqualTo("01030265750465752d31030000000000003132000000000000333400010000010203040506111213"
                        + "14151617180265750465752d310500010275730475732d3103000000000000313200000000000033"
                        + "34070265750465752d310002010465752d31030000000000003132000000000000333401010100000000000000010000"
                        + "000000000002c801");
    }

    @Test
    void epochs() {
        NodeId node = new NodeId("eu", "eu-1");
        Epoch epoch = new Epoch(
                new Ballot(7, node),
                Optional.of(node),
                ReplicationMode.singleLeader(
                        new Acknowledgement.SemiSync(2, Optional.of(Duration.ofMillis(300))), Failover.AUTOMATIC),
                new TreeSet<>(Set.of("eu-1", "us-1")),
                true);
        assertThat(hex(EpochCodec.encode(epoch)))
                .isEqualTo("01070265750465752d31010265750465752d31020202ac0201020465752d310475732d3101");
        assertThat(hex(EpochCodec.encode(new Ballot(7, node)))).isEqualTo("01070265750465752d31");
        assertThat(hex(EpochCodec.encode(Epoch.initial(Set.of("eu-1"))))).isEqualTo("0100000101046575" + "2d3100");
        assertThat(hex(PeerMessageCodec.encode(
                        new Promised(new Ballot(7, node), WantPromise.Stage.ASK, VersionVector.of(EU, 5), true))))
                .isEqualTo("010c070265750465752d310201000001020304050611121314151617180265750465752d310501");
        assertThat(hex(PeerMessageCodec.encode(new EpochIs(Epoch.initial(Set.of()), Ballot.zero(), false))))
                .isEqualTo("010d000001000000" + "00");
        assertThat(EpochCodec.decodeEpoch(EpochCodec.encode(epoch))).isEqualTo(epoch);
    }

    @Test
    void keys() {
        StoreKeys keys = new StoreKeys(258);
        assertThat(List.of(
                        hex(keys.entry(EU, 5)),
                        hex(keys.record(KEY)),
                        hex(keys.vector(EU)),
                        hex(keys.dependency(EU, US)),
                        hex(keys.purgeable(EU, 5)),
                        hex(keys.member("us-1")),
                        hex(keys.admission()),
                        hex(keys.conflict(5)),
                        hex(keys.conflictsOf(KEY)),
                        hex(keys.journalState())))
                .containsExactly(
                        "0102000001020304050611121314151617180265750465752d310000000000000005",
                        "0102036d61706bc3bc",
                        "010276000001020304050611121314151617180265750465752d31",
                        "010264000001020304050611121314151617180265750465752d3100000203040506072122232425"
                                + "2627280275730475732d31",
                        "010274000001020304050611121314151617180265750465752d310000000000000005",
                        "01026d0475732d31",
                        "010261",
                        "0102630000000000000005",
                        "01026b036d6170036bc3bc",
                        "010273");
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.unsafeArray());
    }
}
