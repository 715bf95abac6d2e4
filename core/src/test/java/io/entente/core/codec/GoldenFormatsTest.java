package io.entente.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Lineage;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.golden.GoldenFiles;
import io.entente.core.golden.GoldenFiles.Golden;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.Ballot;
import io.entente.core.message.Census;
import io.entente.core.message.Digest;
import io.entente.core.message.Entry;
import io.entente.core.message.Epoch;
import io.entente.core.message.Life;
import io.entente.core.message.MovedRows;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.RangeDigest;
import io.entente.core.message.Registration;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.message.Report;
import io.entente.core.message.RoundId;
import io.entente.core.message.RowState;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.message.SnapshotRow;
import io.entente.core.message.SubscriptionId;
import io.entente.core.message.VerifyMessage;
import io.entente.core.record.Ancestry;
import io.entente.core.record.PartOperation;
import io.entente.core.record.PartRow;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.record.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The formats of entries, rows, keys, tokens and peer messages: their bytes are those of the golden files. */
class GoldenFormatsTest {

    private static final GoldenFiles FILES = new GoldenFiles("codec");
    private static final Origin EU = new Origin("eu", "eu-1", 0x0102_0304_0506L, 0x1112_1314_1516_1718L);
    private static final Origin US = new Origin("us", "us-1", 0x0203_0405_0607L, 0x2122_2324_2526_2728L);
    private static final HybridTimestamp TIME = new HybridTimestamp(0x0A0B_0C0D_0E0FL, 0x0102);
    private static final RecordKey KEY = new RecordKey("map", "k\u00FC");
    private static final Life LIFE = new Life(3, new Registration(0x3132L, 0x3334L));
    private static final SubscriptionId ID = new SubscriptionId(1, 2);
    private static final NodeId EU_NODE = new NodeId("eu", "eu-1");
    private static final NodeId US_NODE = new NodeId("us", "us-1");
    private static final Ballot BALLOT = new Ballot(7, US_NODE);
    private static final Bytes ROW = Bytes.utf8("row");
    private static final OriginCodec ORIGINS = new OriginCodec(new OriginPool());
    private static final StoreKeys KEYS = new StoreKeys(258);
    private static final PartKeys PARTS = new PartKeys(258);

    static List<Golden> goldens() {
        List<Golden> all = new ArrayList<>();
        entries(all);
        rows(all);
        keys(all);
        tokens(all);
        messages(all);
        epochs(all);
        snapshots(all);
        verifications(all);
        rounds(all);
        return all;
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void theBytesAreThoseOfTheGoldenFile(Golden golden) {
        FILES.check(golden);
    }

    @Test
    void everyGoldenFileIsOfAFormatThatIsRead() {
        FILES.checkComplete(goldens());
    }

    /** What a later version might write: the same with another number in its place. */
    @ParameterizedTest
    @MethodSource("goldens")
    void whatALaterVersionWroteIsRefusedWithBothVersionsAndARemedy(Golden golden) {
        if (!isNumbered(golden)) {
            return;
        }
        byte[] later = golden.bytes().toArray();
        later[0] = 0x7E;
        Bytes bytes = golden.name().startsWith("entry")
                ? Tampering.certified(EU, ((Entry) golden.object()).dot().sequence(), Bytes.wrap(later))
                : Bytes.wrap(later);
        assertThatThrownBy(() -> golden.reader().apply(bytes))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageMatching(
                        ".* is 126, and this version of Entente knows format.*: run a version that knows it.*");
    }

    /** Keys are no formats of their own, and tokens are texts that begin with their number. */
    private static boolean isNumbered(Golden golden) {
        return !golden.name().startsWith("key-") && !golden.name().startsWith("token-");
    }

    @Test
    void aMessageOfALaterKindIsRefusedWithARemedy() {
        PeerMessageCodec codec = new PeerMessageCodec(ORIGINS);
        assertThatThrownBy(() -> codec.decode(Bytes.of((byte) PeerMessageCodec.FORMAT, (byte) 99)))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("the kind of a peer message is 99")
                .hasMessageContaining("run a version that knows it on every node");
    }

    @Test
    void aTokenOfALaterVersionIsRefusedAsNone() {
        String token = new SessionTokenCodec(4_096).encode(new TreeMap<>(Map.of(3, VersionVector.of(EU, 5))));
        String later = "fw" + token.substring(2);
        assertThatThrownBy(() -> new SessionTokenCodec(4_096).decode(later))
                .isInstanceOf(MalformedTokenException.class);
        assertThatThrownBy(() -> new ContextCodec(4_096).decode(KEY, later))
                .isInstanceOf(MalformedTokenException.class);
        assertThat(new SessionTokenCodec(4_096).decode(token)).hasSize(1);
    }

    private static void entries(List<Golden> all) {
        entry(
                all,
                "entry-1-value",
                Payload.value(Bytes.utf8("v")),
                VersionVector.of(US, 300),
                List.of(new Dot(EU, 4), new Dot(US, 299)),
                false);
        entry(all, "entry-1-deletion", Payload.deletion(), VersionVector.empty(), List.of(), false);
        entry(all, "entry-2-kept", Payload.value(Bytes.utf8("v")), VersionVector.empty(), List.of(), true);
        Payload operations = Payload.operations(
                new PartOperation.Reset(
                        Bytes.utf8("m"), List.of(new PartOperation.Observed(Bytes.utf8("mc"), new Dot(US, 7), -2))),
                new PartOperation.Put(Bytes.utf8("p"), Bytes.utf8("v")),
                new PartOperation.Tombstone(Bytes.utf8("t")),
                new PartOperation.Forget(Bytes.utf8("f")),
                new PartOperation.Tally(Bytes.utf8("c"), 300, true));
        entry(all, "entry-1-operations", operations, VersionVector.of(US, 7), List.of(), false);
    }

    private static void entry(
            List<Golden> all, String name, Payload payload, VersionVector deps, List<Dot> replaces, boolean isKept) {
        EntryCodec codec = new EntryCodec(ORIGINS);
        Entry entry = new Entry(new Dot(EU, 5), deps, KEY, payload, TIME, replaces, isKept);
        all.add(new Golden(
                name,
                entry,
                codec.encode(entry).encoded(),
                bytes -> codec.decode(EU, 5, bytes).entry()));
    }

    private static void rows(List<Golden> all) {
        SiblingsCodec siblings = new SiblingsCodec(ORIGINS);
        Siblings two = Siblings.of(
                new Sibling(new Dot(EU, 5), TIME, Payload.value(Bytes.utf8("v"))),
                new Sibling(new Dot(US, 300), TIME, Payload.deletion()));
        Dot base = new Dot(EU, 4);
        Siblings withAncestry = two.with(new Ancestry(
                List.of(new Sibling(base, TIME, Payload.value(Bytes.utf8("b")))),
                Lineage.of(Map.of(base, List.of(), new Dot(US, 300), List.of(base)))));
        all.add(new Golden("record-1", two, siblings.encode(two), siblings::decode));
        all.add(new Golden("record-2-ancestry", withAncestry, siblings.encode(withAncestry), siblings::decode));
        PartRowCodec parts = new PartRowCodec(ORIGINS);
        PartRow sum =
                new PartRow.Contribution(new Tally(3, 5, 300, Optional.of(new Tally.Base(4, -1, new Dot(US, 7)))));
        PartRow fresh = new PartRow.Contribution(Tally.begin(3, -5));
        PartRow versions = new PartRow.Versions(two);
        all.add(new Golden("part-81-sum", sum, parts.encode(sum), parts::decode));
        all.add(new Golden("part-81-sum-fresh", fresh, parts.encode(fresh), parts::decode));
        all.add(new Golden("part-1-versions", versions, parts.encode(versions), parts::decode));
    }

    private static void keys(List<Golden> all) {
        key(all, "key-log-entry", KEYS.entry(EU, 5));
        key(all, "key-record", KEYS.record(KEY));
        key(all, "key-meta-vector", KEYS.vector(EU));
        key(all, "key-meta-dependency", KEYS.dependency(EU, US));
        key(all, "key-meta-purgeable", KEYS.purgeable(EU, 5));
        key(all, "key-meta-member", KEYS.member("us-1"));
        key(all, "key-meta-admission", KEYS.admission());
        key(all, "key-meta-first-kept", KEYS.firstKept(EU));
        key(all, "key-meta-joining", KEYS.joining());
        key(all, "key-meta-epoch", KEYS.epoch());
        key(all, "key-meta-promised", KEYS.promised());
        key(all, "key-meta-unsettled", KEYS.unsettled());
        key(all, "key-journal-conflict", KEYS.conflict(5));
        key(all, "key-journal-of-a-key", KEYS.conflictsOf(KEY));
        key(all, "key-journal-state", KEYS.journalState());
        key(all, "key-staged-record", KEYS.staged(StoreKeys.placeOfRecord(KEYS.record(KEY))));
        key(all, "key-staged-meta", KEYS.staged(StoreKeys.placeOfMeta(KEYS.vector(EU))));
        RecordKey escaped = new RecordKey("map", "k\0");
        key(all, "key-part-versions", PARTS.versions(escaped, Bytes.utf8("p\0")));
        key(all, "key-part-sum", PARTS.tally(escaped, Bytes.utf8("p\0"), EU));
        key(all, "key-part-purgeable", PARTS.purgeable(EU, 5, ROW));
        all.add(new Golden("key-of-a-record-by-name", KEY, RecordKeyCodec.encode(KEY), RecordKeyCodec::decode));
    }

    private static void key(List<Golden> all, String name, Bytes key) {
        all.add(new Golden(name, key, key, Function.identity()::apply));
    }

    private static void tokens(List<Golden> all) {
        SessionTokenCodec sessions = new SessionTokenCodec(4_096);
        TreeMap<Integer, VersionVector> vectors =
                new TreeMap<>(Map.of(3, VersionVector.of(EU, 5), 7, VersionVector.of(US, 300)));
        all.add(new Golden(
                "token-session",
                vectors,
                Bytes.utf8(sessions.encode(vectors)),
                bytes -> sessions.decode(bytes.utf8())));
        ContextCodec contexts = new ContextCodec(4_096);
        CausalContext context = CausalContext.of(List.of(new Dot(EU, 5), new Dot(US, 300)), false);
        all.add(new Golden(
                "token-context",
                context,
                Bytes.utf8(contexts.encode(KEY, context)),
                bytes -> contexts.decode(KEY, bytes.utf8())));
    }

    private static void message(List<Golden> all, String name, PeerMessage message) {
        all.add(new Golden(
                "message-1-" + name,
                message,
                PeerMessageCodec.encode(message),
                bytes -> new PeerMessageCodec(ORIGINS).decode(bytes)));
    }

    private static void messages(List<Golden> all) {
        message(all, "subscribe", new PeerMessage.Subscribe(ID, new TreeMap<>(Map.of(EU, 5L, US, 0L)), 1 << 20));
        message(
                all,
                "entries",
                new PeerMessage.Entries(
                        ID, List.of(new PeerMessage.Run(EU, 6, List.of(Bytes.utf8("one"), Bytes.utf8("two"))))));
        message(all, "truncated", new PeerMessage.Truncated(ID, EU, 300));
        Report own = new Report(EU_NODE, LIFE, Ballot.zero(), VersionVector.of(EU, 5), Optional.empty());
        Census census = new Census(true, new TreeMap<>(Map.of("eu-1", LIFE)));
        Report relayed = new Report(US_NODE, LIFE, Ballot.zero(), VersionVector.empty(), Optional.of(census));
        message(
                all,
                "progress",
                new PeerMessage.Progress(
                        own, List.of(relayed), true, true, Optional.of(new PeerMessage.Credit(ID, 200))));
        Report promised = new Report(US_NODE, LIFE, BALLOT, VersionVector.of(US, 300), Optional.empty());
        message(
                all,
                "progress-with-a-promise",
                new PeerMessage.Progress(promised, List.of(), true, false, Optional.empty()));
    }

    private static void epochs(List<Golden> all) {
        Epoch founded = Epoch.founded(EU_NODE, ReplicationMode.leaderless(), List.of("eu-1", "us-1"));
        Epoch led = led(new Acknowledgement.SemiSync(2, Optional.of(Duration.ofMillis(300))), Failover.AUTOMATIC);
        epoch(all, "epoch-1-founded", founded);
        epoch(all, "epoch-1-async", led(Acknowledgement.async(), Failover.MANUAL));
        epoch(all, "epoch-1-semi-sync", led);
        epoch(all, "epoch-1-sync", led(Acknowledgement.sync(), Failover.MANUAL));
        epoch(all, "epoch-1-chain", led(Acknowledgement.chain(), Failover.AUTOMATIC));
        all.add(new Golden("ballot-1", BALLOT, EpochCodec.encode(BALLOT), EpochCodec::decodeBallot));
        message(
                all,
                "want-promise",
                new PeerMessage.WantPromise(led, founded, PeerMessage.WantPromise.Stage.PROBE_ANYWAY));
        message(
                all,
                "want-promise-heeded",
                new PeerMessage.WantPromise(led, founded, PeerMessage.WantPromise.Stage.PROBE_HEEDED));
        message(
                all,
                "promised",
                new PeerMessage.Promised(BALLOT, PeerMessage.WantPromise.Stage.ASK, VersionVector.of(EU, 5), true));
        message(all, "epoch-is", new PeerMessage.EpochIs(founded, BALLOT, false));
    }

    private static Epoch led(Acknowledgement acknowledgement, Failover failover) {
        return new Epoch(
                BALLOT,
                Optional.of(US_NODE),
                ReplicationMode.singleLeader(acknowledgement, failover),
                new TreeSet<>(List.of("eu-1", "us-1")),
                true);
    }

    private static void epoch(List<Golden> all, String name, Epoch epoch) {
        all.add(new Golden(name, epoch, EpochCodec.encode(epoch), EpochCodec::decodeEpoch));
    }

    private static void snapshots(List<Golden> all) {
        SnapshotPosition position = new SnapshotPosition(3, 4, ROW, 5, 9);
        message(all, "want-snapshot", new PeerMessage.WantSnapshot(ID, Optional.of(position), 1 << 20));
        message(
                all,
                "snapshot-chunk",
                new PeerMessage.SnapshotChunk(
                        ID, position, List.of(new SnapshotRow(ROW, Bytes.utf8("value"))), true, 4_711));
        message(all, "snapshot-credit", new PeerMessage.SnapshotCredit(ID, 300));
        message(all, "snapshot-refused", new PeerMessage.SnapshotRefused(ID, "why"));
    }

    private static void rounds(List<Golden> all) {
        RoundId round = new RoundId(0x5152L, 300);
        Report report = new Report(US_NODE, LIFE, Ballot.zero(), VersionVector.of(US, 7), Optional.empty());
        message(all, "want-vector", new PeerMessage.WantVector(round));
        message(all, "vector-is", new PeerMessage.VectorIs(round, report, true));
    }

    private static void verify(List<Golden> all, String name, VerifyMessage message) {
        message(all, "verify-" + name, new PeerMessage.Verify(ID, message));
    }

    private static void verifications(List<Golden> all) {
        MovedRows moved = new MovedRows(new TreeSet<>(List.of(ROW)), new TreeSet<>(List.of(Bytes.utf8("prefix"))));
        Digest digest = new Digest(0x4142L, 0x4344L);
        RowState live = RowState.live(ROW, digest);
        RowState gone = RowState.of(ROW, RowState.Kind.GONE);
        RowState absent = RowState.of(ROW, RowState.Kind.ABSENT);
        RowState unreadable = RowState.of(ROW, RowState.Kind.UNREADABLE);
        verify(all, "view-asked", new VerifyMessage.ViewAsked(VersionVector.of(EU, 5)));
        verify(all, "view-opened", new VerifyMessage.ViewOpened(VersionVector.of(EU, 6), moved));
        verify(all, "view-refused", new VerifyMessage.ViewRefused("why"));
        verify(all, "view-done", new VerifyMessage.ViewDone());
        List<RangeDigest> ranges = List.of(new RangeDigest(Bytes.utf8("to"), 128, digest));
        verify(all, "digests-asked", new VerifyMessage.DigestsAsked(1, Optional.of(moved), ROW, ranges));
        verify(all, "ranges-differ", new VerifyMessage.RangesDiffer(1, List.of(0, 31)));
        verify(all, "rows-asked", new VerifyMessage.RowsAsked(2, ROW, Bytes.utf8("to")));
        verify(all, "keys-asked", new VerifyMessage.KeysAsked(3, List.of(ROW)));
        verify(all, "rows", new VerifyMessage.Rows(3, List.of(live, gone, absent, unreadable), Optional.of(ROW), true));
        verify(all, "content-asked", new VerifyMessage.ContentAsked(4, List.of(ROW)));
        verify(all, "content", new VerifyMessage.Content(4, List.of(Optional.of(ROW), Optional.empty())));
        VerifyMessage.Repair repair = new VerifyMessage.Repair(absent, live, Optional.of(Bytes.utf8("value")));
        verify(all, "repair-asked", new VerifyMessage.RepairAsked(5, List.of(repair)));
        verify(all, "repaired", new VerifyMessage.Repaired(5, List.of(true, false)));
    }
}
