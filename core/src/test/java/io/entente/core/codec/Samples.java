package io.entente.core.codec;

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
import io.entente.core.message.PeerMessage.SnapshotChunk;
import io.entente.core.message.PeerMessage.SnapshotCredit;
import io.entente.core.message.PeerMessage.SnapshotRefused;
import io.entente.core.message.PeerMessage.Subscribe;
import io.entente.core.message.PeerMessage.VectorIs;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.message.PeerMessage.WantPromise.Stage;
import io.entente.core.message.PeerMessage.WantSnapshot;
import io.entente.core.message.PeerMessage.WantVector;
import io.entente.core.message.Registration;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.message.Report;
import io.entente.core.message.Retirement;
import io.entente.core.message.RoundId;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.message.SnapshotRow;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Random values of everything that has bytes, and damage to bytes. */
final class Samples {

    private final SplittableRandom random;

    Samples(long seed) {
        random = new SplittableRandom(seed);
    }

    Origin origin() {
        int node = random.nextInt(4);
        String dataCenter = List.of("eu", "us", "ap", "a-much.longer_name").get(node);
        return new Origin(dataCenter, dataCenter + "-1", random.nextLong(1L << 48), random.nextLong());
    }

    VersionVector vector() {
        VersionVector.Builder vector = new VersionVector.Builder();
        for (int size = random.nextInt(4); size > 0; size--) {
            vector.raise(origin(), sequence());
        }
        return vector.build();
    }

    private long sequence() {
        return random.nextBoolean() ? random.nextLong(1, 200) : random.nextLong(1, Long.MAX_VALUE);
    }

    Dot dot() {
        return new Dot(origin(), sequence());
    }

    private HybridTimestamp timestamp() {
        return HybridTimestamp.of(random.nextLong());
    }

    private Payload payload() {
        return random.nextInt(3) == 0 ? Payload.deletion() : Payload.value(bytes(40));
    }

    /** Operations that may be one write's. */
    Payload.Operations operations() {
        List<PartOperation> operations = new ArrayList<>();
        for (int size = random.nextInt(3); size > 0; size--) {
            operations.add(new PartOperation.Reset(bytes(6), observed()));
        }
        Set<Bytes> parts = new LinkedHashSet<>();
        for (int size = 1 + random.nextInt(4); size > 0; size--) {
            parts.add(bytes(6));
        }
        parts.forEach(part -> operations.add(operation(part)));
        return new Payload.Operations(operations);
    }

    private PartOperation operation(Bytes part) {
        return switch (random.nextInt(4)) {
            case 0 -> new PartOperation.Put(part, bytes(20));
            case 1 -> new PartOperation.Tombstone(part);
            case 2 -> new PartOperation.Forget(part);
            default -> new PartOperation.Tally(part, delta(), random.nextBoolean());
        };
    }

    private long delta() {
        return random.nextBoolean() ? random.nextLong(-9, 9) : random.nextLong();
    }

    private List<PartOperation.Observed> observed() {
        List<PartOperation.Observed> observed = new ArrayList<>();
        for (int size = random.nextInt(3); size > 0; size--) {
            observed.add(new PartOperation.Observed(bytes(6), dot(), delta()));
        }
        return observed;
    }

    /** A row of a mergeable value. */
    PartRow row() {
        if (random.nextBoolean()) {
            return new PartRow.Versions(siblings());
        }
        long first = random.nextLong(1, 200);
        Optional<Tally.Base> base =
                random.nextBoolean() ? Optional.of(new Tally.Base(sequence(), delta(), dot())) : Optional.empty();
        return new PartRow.Contribution(new Tally(first, first + random.nextLong(200), delta(), base));
    }

    Bytes bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            text.append(List.of("a", "b", "/", "ü", "日", "\uD83D\uDE00", "\u0000", "z")
                    .get(random.nextInt(8)));
        }
        return text.toString();
    }

    RecordKey key() {
        return new RecordKey(text(), text());
    }

    /** An entry of one of few origins, one of which it also names itself. */
    Entry entry() {
        Dot dot = dot();
        VersionVector dependencies = vector().without(dot.origin()::equals);
        List<Dot> replaces = new ArrayList<>();
        for (int size = random.nextInt(3); size > 0; size--) {
            replaces.add(dot());
        }
        if (!dependencies.isEmpty()) {
            replaces.add(new Dot(dependencies.originAt(0), sequence()));
        }
        if (random.nextBoolean()) {
            replaces.add(new Dot(dot.origin(), sequence()));
        }
        Payload payload = random.nextInt(3) == 0 ? operations() : payload();
        return new Entry(dot, dependencies, key(), payload, timestamp(), replaces, random.nextBoolean());
    }

    Siblings siblings() {
        List<Sibling> siblings = new ArrayList<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            siblings.add(new Sibling(dot(), timestamp(), payload()));
        }
        Siblings record = Siblings.of(siblings.toArray(Sibling[]::new));
        return random.nextBoolean() ? record : record.with(ancestry(record));
    }

    private Ancestry ancestry(Siblings of) {
        List<Sibling> kept = new ArrayList<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            kept.add(new Sibling(dot(), timestamp(), payload()));
        }
        List<Dot> dots = kept.stream().map(Sibling::dot).toList();
        TreeMap<Dot, List<Dot>> replaced = new TreeMap<>();
        of.dots().stream().filter(dot -> random.nextBoolean()).forEach(dot -> replaced.put(dot, some(dots)));
        dots.forEach(dot -> replaced.put(dot, some(dots)));
        return new Ancestry(kept, Lineage.of(replaced));
    }

    private List<Dot> some(List<Dot> of) {
        return of.stream().filter(dot -> random.nextBoolean()).toList();
    }

    PeerMessage message() {
        return switch (random.nextInt(11)) {
            case 0 -> subscribe();
            case 1 -> new Entries(subscription(), runs());
            case 2 ->
                new SnapshotChunk(
                        subscription(), position(), rows(), random.nextBoolean(), random.nextLong(Long.MAX_VALUE));
            case 3 ->
                new WantSnapshot(
                        subscription(),
                        random.nextBoolean() ? Optional.of(position()) : Optional.empty(),
                        random.nextLong(Long.MAX_VALUE));
            case 4 ->
                random.nextBoolean()
                        ? new SnapshotCredit(subscription(), random.nextLong(Long.MAX_VALUE))
                        : new SnapshotRefused(subscription(), text());
            case 5 -> new WantPromise(epoch(), epoch(), stage());
            case 6 -> new Promised(ballot(), stage(), vector(), random.nextBoolean());
            case 7 -> new EpochIs(epoch(), ballot(), random.nextBoolean());
            case 8 -> new WantVector(round());
            case 9 -> new VectorIs(round(), report(), random.nextBoolean());
            default -> new Progress(report(), reports(), random.nextBoolean(), random.nextBoolean(), credit());
        };
    }

    private SnapshotPosition position() {
        long taken = random.nextBoolean() ? 0 : random.nextLong(1 << 20);
        return new SnapshotPosition(
                random.nextLong(), random.nextLong(), bytes(20), taken, random.nextLong(Long.MAX_VALUE));
    }

    private List<SnapshotRow> rows() {
        List<SnapshotRow> rows = new ArrayList<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            rows.add(new SnapshotRow(bytes(20), bytes(40), random.nextBoolean() ? 0 : random.nextLong(1 << 20)));
        }
        return rows;
    }

    private RoundId round() {
        return new RoundId(random.nextLong(), 1 + random.nextLong(Long.MAX_VALUE));
    }

    private Subscribe subscribe() {
        TreeMap<Origin, Long> from = new TreeMap<>();
        vector().forEach(from::put);
        from.put(origin(), 0L);
        return new Subscribe(subscription(), from, random.nextLong(Long.MAX_VALUE));
    }

    private SubscriptionId subscription() {
        return new SubscriptionId(random.nextLong(), random.nextLong());
    }

    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (int size = random.nextInt(3); size > 0; size--) {
            List<Bytes> encoded = new ArrayList<>();
            for (int entries = random.nextInt(4); entries > 0; entries--) {
                encoded.add(bytes(30));
            }
            runs.add(new Run(origin(), sequence(), encoded));
        }
        return runs;
    }

    private List<Report> reports() {
        List<Report> reports = new ArrayList<>();
        for (int size = random.nextInt(3); size > 0; size--) {
            reports.add(report());
        }
        return reports;
    }

    private Report report() {
        Optional<Census> census = random.nextBoolean() ? Optional.of(census()) : Optional.empty();
        return new Report(NodeId.of(origin()), life(), ballot(), vector(), census);
    }

    Ballot ballot() {
        return random.nextInt(4) == 0
                ? Ballot.zero()
                : new Ballot(1 + random.nextLong(Long.MAX_VALUE), NodeId.of(origin()));
    }

    Epoch epoch() {
        ReplicationMode mode = mode();
        Optional<NodeId> leader =
                mode.isSingleLeader() && random.nextBoolean() ? Optional.of(NodeId.of(origin())) : Optional.empty();
        TreeSet<String> voters = new TreeSet<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            voters.add(text());
        }
        return new Epoch(ballot(), leader, mode, voters, random.nextBoolean());
    }

    private ReplicationMode mode() {
        return switch (random.nextInt(3)) {
            case 0 -> ReplicationMode.multiLeader();
            case 1 -> ReplicationMode.leaderless();
            default ->
                ReplicationMode.singleLeader(
                        acknowledgement(), random.nextBoolean() ? Failover.AUTOMATIC : Failover.MANUAL);
        };
    }

    private Acknowledgement acknowledgement() {
        return switch (random.nextInt(4)) {
            case 0 -> Acknowledgement.async();
            case 1 ->
                new Acknowledgement.SemiSync(
                        1 + random.nextInt(999),
                        random.nextBoolean()
                                ? Optional.of(Duration.ofMillis(1 + random.nextInt(100_000)))
                                : Optional.empty());
            case 2 -> Acknowledgement.sync();
            default -> Acknowledgement.chain();
        };
    }

    private Stage stage() {
        return List.of(Stage.values()).get(random.nextInt(Stage.values().length));
    }

    private Census census() {
        TreeMap<String, Life> counted = new TreeMap<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            counted.put(text(), life());
        }
        TreeMap<String, Retirement> retired = new TreeMap<>();
        TreeMap<Origin, Long> opened = new TreeMap<>();
        for (int size = random.nextInt(3); size > 0; size--) {
            retired.put(text(), new Retirement(random.nextLong(300), random.nextBoolean()));
            opened.put(origin(), random.nextLong(300));
        }
        return new Census(random.nextBoolean(), counted, retired, opened);
    }

    private Life life() {
        long term = random.nextBoolean() ? 0 : random.nextLong(300);
        return new Life(term, random.nextLong(300), new Registration(random.nextLong(), random.nextLong()));
    }

    private Optional<Credit> credit() {
        return random.nextBoolean()
                ? Optional.of(new Credit(subscription(), random.nextLong(Long.MAX_VALUE)))
                : Optional.empty();
    }

    /** The bytes with some of them changed, cut off, or put in. */
    Bytes damaged(Bytes whole) {
        byte[] bytes = whole.toArray();
        switch (random.nextInt(4)) {
            case 0 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> bytes = java.util.Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
            case 2 -> random.nextBytes(bytes);
            default -> {
                for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 0; times--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
        }
        return Bytes.wrap(bytes);
    }
}
