package io.entente.core.codec;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.Ballot;
import io.entente.core.message.Census;
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
import io.entente.core.message.PeerMessage.Truncated;
import io.entente.core.message.PeerMessage.VectorIs;
import io.entente.core.message.PeerMessage.Verify;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.message.PeerMessage.WantSnapshot;
import io.entente.core.message.PeerMessage.WantVector;
import io.entente.core.message.Report;
import io.entente.core.message.RoundId;
import io.entente.core.message.SubscriptionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bytes of peer messages: format, kind, content. Entries travel as their origin encoded them. Confined to one replica.
 *
 * <p>Decoding throws {@link io.entente.core.bytes.MalformedBytesException} or {@link UnsupportedFormatException}, whatever the
 * bytes are, and nothing else.
 */
public final class PeerMessageCodec {

    /** The format written. */
    public static final int FORMAT = 1;

    private static final int SUBSCRIBE = 1;
    private static final int ENTRIES = 2;
    private static final int PROGRESS = 3;
    private static final int TRUNCATED = 4;
    static final int WANT_SNAPSHOT = 5;
    static final int SNAPSHOT_CHUNK = 6;
    static final int SNAPSHOT_CREDIT = 7;
    static final int SNAPSHOT_REFUSED = 8;
    private static final int WANT_VECTOR = 9;
    private static final int VECTOR_IS = 10;

    private static final int WANT_PROMISE = 11;
    private static final int PROMISED = 12;
    private static final int EPOCH_IS = 13;

    /** Kinds below are left to replication. */
    private static final int VERIFY = 16;

    private static final int NO_CENSUS = 0;
    private static final int NOT_ADMITTED = 1;
    private static final int ADMITTED = 2;

    /** The same of members that were retired, or know of some that were. */
    private static final int NO_CENSUS_WITH_TERM = 3;

    private static final int NOT_ADMITTED_WITH_TERMS = 4;
    private static final int ADMITTED_WITH_TERMS = 5;

    private final OriginCodec origins;

    /** A codec that decodes origins with {@code origins}. */
    public PeerMessageCodec(OriginCodec origins) {
        this.origins = origins;
    }

    /** Encodes a message. */
    public static Bytes encode(PeerMessage message) {
        ByteWriter out = message instanceof Entries entries ? new ByteWriter(lengthOf(entries)) : new ByteWriter();
        out.u8(FORMAT);
        message.dispatch(new Encoder(out));
        return out.take();
    }

    /** How many bytes the message takes, so that a large one is written once and not copied again and again while it grows. */
    private static int lengthOf(Entries message) {
        int length = 2 + 2 * Long.BYTES + ByteWriter.varintLength(message.runs().size());
        for (Run run : message.runs()) {
            length += OriginCodec.expectedLength(run.origin());
            length += ByteWriter.varintLength(run.firstSequence());
            length += ByteWriter.varintLength(run.encoded().size());
            for (Bytes entry : run.encoded()) {
                length += ByteWriter.varintLength(entry.length()) + entry.length();
            }
        }
        return length;
    }

    /** Decodes what {@link #encode} made. */
    public PeerMessage decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        int format = in.u8();
        if (format != FORMAT) {
            throw new UnsupportedFormatException("the format of a peer message", format, "format " + FORMAT);
        }
        int kind = in.u8();
        PeerMessage message = switch (kind) {
            case SUBSCRIBE -> subscribe(in);
            case ENTRIES -> entries(in);
            case PROGRESS -> progress(in);
            case TRUNCATED ->
                new Truncated(subscriptionId(in), origins.readOrigin(in), Counts.positive(in.varint(), "sequence"));
            case WANT_SNAPSHOT, SNAPSHOT_CHUNK, SNAPSHOT_CREDIT, SNAPSHOT_REFUSED -> SnapshotMessages.read(kind, in);
            case WANT_VECTOR -> new WantVector(roundId(in));
            case VECTOR_IS -> new VectorIs(roundId(in), report(in), in.flag());
            case WANT_PROMISE -> EpochCodec.readWantPromise(in);
            case PROMISED -> EpochCodec.readPromised(in, origins);
            case EPOCH_IS -> EpochCodec.readEpochIs(in);
            case VERIFY -> new Verify(subscriptionId(in), VerifyMessages.read(in, origins));
            default -> throw new UnsupportedFormatException("the kind of a peer message", kind, "1 to 13 and 16");
        };
        in.expectEnd();
        return message;
    }

    private Subscribe subscribe(ByteReader in) {
        SubscriptionId id = subscriptionId(in);
        int size = in.count(19);
        TreeMap<Origin, Long> from = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            from.put(origins.readOrigin(in), Counts.notNegative(in.varint(), "sequence"));
        }
        return new Subscribe(id, from, Counts.notNegative(in.varint(), "credit"));
    }

    private Entries entries(ByteReader in) {
        SubscriptionId id = subscriptionId(in);
        int size = in.count(20);
        List<Run> runs = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Origin origin = origins.readOrigin(in);
            long first = Counts.positive(in.varint(), "sequence");
            int count = in.count(1);
            List<Bytes> encoded = new ArrayList<>(count);
            for (int n = 0; n < count; n++) {
                encoded.add(in.bytes());
            }
            runs.add(new Run(origin, first, encoded));
        }
        return new Entries(id, runs);
    }

    private Progress progress(ByteReader in) {
        Report own = report(in);
        int size = in.count(20);
        List<Report> relayed = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            relayed.add(report(in));
        }
        boolean hearsYou = in.flag();
        boolean fitToLead = in.flag();
        Optional<Credit> credit = Optional.empty();
        if (in.flag()) {
            credit = Optional.of(new Credit(subscriptionId(in), Counts.notNegative(in.varint(), "credit")));
        }
        return new Progress(own, relayed, hearsYou, fitToLead, credit);
    }

    private Report report(ByteReader in) {
        NodeId node = new NodeId(in.string(), in.string());
        Life bare = MembershipCodec.readBare(in);
        Ballot promised = EpochCodec.readBallot(in);
        VersionVector applied = origins.readVector(in);
        int kind = in.varint(ADMITTED_WITH_TERMS);
        if (kind < NO_CENSUS_WITH_TERM) {
            return new Report(node, bare, promised, applied, census(in, kind));
        }
        Life life = MembershipCodec.withTerm(in, bare);
        return new Report(node, life, promised, applied, censusWithTerms(in, kind));
    }

    private static Optional<Census> census(ByteReader in, int kind) {
        return kind == NO_CENSUS
                ? Optional.empty()
                : Optional.of(new Census(kind == ADMITTED, MembershipCodec.readCounted(in, false)));
    }

    private Optional<Census> censusWithTerms(ByteReader in, int kind) {
        return kind == NO_CENSUS_WITH_TERM
                ? Optional.empty()
                : Optional.of(MembershipCodec.readRetired(
                        in, origins, kind == ADMITTED_WITH_TERMS, MembershipCodec.readCounted(in, true)));
    }

    static void write(ByteWriter out, SubscriptionId id) {
        out.i64(id.session());
        out.i64(id.number());
    }

    static SubscriptionId subscriptionId(ByteReader in) {
        return new SubscriptionId(in.i64(), in.i64());
    }

    private static RoundId roundId(ByteReader in) {
        return new RoundId(in.i64(), Counts.positive(in.varint(), "number of a round"));
    }

    private record Encoder(ByteWriter out) implements PeerMessage.Handler {

        @Override
        public void onSubscribe(Subscribe message) {
            out.u8(SUBSCRIBE);
            write(message.id());
            out.varint(message.from().size());
            message.from().forEach((origin, sequence) -> {
                OriginCodec.write(out, origin);
                out.varint(sequence);
            });
            out.varint(message.creditBytes());
        }

        @Override
        public void onEntries(Entries message) {
            out.u8(ENTRIES);
            write(message.id());
            out.varint(message.runs().size());
            for (Run run : message.runs()) {
                OriginCodec.write(out, run.origin());
                out.varint(run.firstSequence());
                out.varint(run.encoded().size());
                run.encoded().forEach(out::bytes);
            }
        }

        @Override
        public void onProgress(Progress message) {
            out.u8(PROGRESS);
            write(message.own());
            out.varint(message.relayed().size());
            message.relayed().forEach(this::write);
            out.u8(message.hearsYou() ? 1 : 0);
            out.u8(message.fitToLead() ? 1 : 0);
            out.u8(message.credit().isPresent() ? 1 : 0);
            message.credit().ifPresent(credit -> {
                write(credit.id());
                out.varint(credit.limitBytes());
            });
        }

        @Override
        public void onTruncated(Truncated message) {
            out.u8(TRUNCATED);
            write(message.id());
            OriginCodec.write(out, message.origin());
            out.varint(message.firstKept());
        }

        @Override
        public void onWantSnapshot(WantSnapshot message) {
            SnapshotMessages.write(message, out.u8(WANT_SNAPSHOT));
        }

        @Override
        public void onSnapshotChunk(SnapshotChunk message) {
            SnapshotMessages.write(message, out.u8(SNAPSHOT_CHUNK));
        }

        @Override
        public void onSnapshotCredit(SnapshotCredit message) {
            SnapshotMessages.write(message, out.u8(SNAPSHOT_CREDIT));
        }

        @Override
        public void onSnapshotRefused(SnapshotRefused message) {
            SnapshotMessages.write(message, out.u8(SNAPSHOT_REFUSED));
        }

        @Override
        public void onVerify(Verify message) {
            out.u8(VERIFY);
            write(message.id());
            VerifyMessages.write(message.message(), out);
        }

        @Override
        public void onWantVector(WantVector message) {
            out.u8(WANT_VECTOR);
            write(message.round());
        }

        @Override
        public void onVectorIs(VectorIs message) {
            out.u8(VECTOR_IS);
            write(message.round());
            write(message.report());
            out.u8(message.counts() ? 1 : 0);
        }

        private void write(RoundId round) {
            out.i64(round.session()).varint(round.number());
        }

        @Override
        public void onWantPromise(WantPromise message) {
            EpochCodec.write(out.u8(WANT_PROMISE), message);
        }

        @Override
        public void onPromised(Promised message) {
            EpochCodec.write(out.u8(PROMISED), message);
        }

        @Override
        public void onEpochIs(EpochIs message) {
            EpochCodec.write(out.u8(EPOCH_IS), message);
        }

        private void write(Report report) {
            out.string(report.node().dataCenter());
            out.string(report.node().node());
            MembershipCodec.writeBare(out, report.life());
            EpochCodec.write(out, report.promisedEpoch());
            OriginCodec.write(out, report.applied());
            boolean terms = report.life().term() != 0
                    || report.census().filter(MembershipCodec::hasTerms).isPresent();
            if (terms) {
                writeWithTerms(report);
            } else if (report.census().isEmpty()) {
                out.varint(NO_CENSUS);
            } else {
                Census census = report.census().get();
                out.varint(census.admitted() ? ADMITTED : NOT_ADMITTED);
                MembershipCodec.writeCounted(out, census, false);
            }
        }

        private void writeWithTerms(Report report) {
            if (report.census().isEmpty()) {
                out.varint(NO_CENSUS_WITH_TERM);
                out.varint(report.life().term());
                return;
            }
            Census census = report.census().get();
            out.varint(census.admitted() ? ADMITTED_WITH_TERMS : NOT_ADMITTED_WITH_TERMS);
            out.varint(report.life().term());
            MembershipCodec.writeCounted(out, census, true);
            MembershipCodec.writeRetired(out, census);
        }

        private void write(SubscriptionId id) {
            PeerMessageCodec.write(out, id);
        }
    }
}
