package io.entente.core.codec;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.Ballot;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.EpochIs;
import io.entente.core.message.PeerMessage.Promised;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.message.PeerMessage.WantPromise.Stage;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.message.ReplicationMode.SingleLeader;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The bytes of ballots and epochs, stored and sent, and of the messages about them behind format and kind.
 *
 * <p>A ballot of round 0 is one byte. Modes and acknowledgements are numbered; a number that this version doesn't know is refused
 * ({@link UnsupportedFormatException}), for nobody can keep rules that it doesn't know.
 */
public final class EpochCodec {

    /** The format in which an epoch is stored. */
    public static final int FORMAT = 1;

    private static final int MULTI_LEADER = 1;
    private static final int SINGLE_LEADER = 2;
    private static final int LEADERLESS = 3;

    private static final int ASYNC = 1;
    private static final int SEMI_SYNC = 2;
    private static final int SYNC = 3;
    private static final int CHAIN = 4;

    private EpochCodec() {}

    /** An epoch as it is stored. */
    public static Bytes encode(Epoch epoch) {
        ByteWriter out = new ByteWriter().u8(FORMAT);
        write(out, epoch);
        return out.toBytes();
    }

    /** What {@link #encode(Epoch)} made. */
    public static Epoch decodeEpoch(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        requireFormat(in.u8());
        Epoch epoch = readEpoch(in);
        in.expectEnd();
        return epoch;
    }

    /** A ballot as it is stored. */
    public static Bytes encode(Ballot ballot) {
        ByteWriter out = new ByteWriter().u8(FORMAT);
        write(out, ballot);
        return out.toBytes();
    }

    /** What {@link #encode(Ballot)} made. */
    public static Ballot decodeBallot(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        requireFormat(in.u8());
        Ballot ballot = readBallot(in);
        in.expectEnd();
        return ballot;
    }

    private static void requireFormat(int format) {
        if (format != FORMAT) {
            throw new UnsupportedFormatException("the format of an epoch", format, "format " + FORMAT);
        }
    }

    static void write(ByteWriter out, Ballot ballot) {
        out.varint(ballot.round());
        if (!ballot.isZero()) {
            write(out, ballot.node());
        }
    }

    static Ballot readBallot(ByteReader in) {
        long round = Counts.notNegative(in.varint(), "round of a ballot");
        return round == 0 ? Ballot.zero() : new Ballot(round, readNode(in));
    }

    private static void write(ByteWriter out, NodeId node) {
        out.string(node.dataCenter()).string(node.node());
    }

    private static NodeId readNode(ByteReader in) {
        return new NodeId(in.string(), in.string());
    }

    static void write(ByteWriter out, Epoch epoch) {
        write(out, epoch.ballot());
        out.u8(epoch.leader().isPresent() ? 1 : 0);
        epoch.leader().ifPresent(leader -> write(out, leader));
        write(out, epoch.mode());
        out.varint(epoch.voters().size());
        epoch.voters().forEach(out::string);
        out.u8(epoch.settled() ? 1 : 0);
    }

    static Epoch readEpoch(ByteReader in) {
        Ballot ballot = readBallot(in);
        Optional<NodeId> leader = in.flag() ? Optional.of(readNode(in)) : Optional.empty();
        ReplicationMode mode = readMode(in);
        if (leader.isPresent() && !mode.isSingleLeader()) {
            throw new MalformedBytesException("an epoch of mode " + mode + " that names the leader " + leader.get());
        }
        TreeSet<String> voters = new TreeSet<>();
        for (int left = in.count(1); left > 0; left--) {
            voters.add(in.string());
        }
        return new Epoch(ballot, leader, mode, voters, in.flag());
    }

    /** Writes a mode, with all its terms. */
    public static void write(ByteWriter out, ReplicationMode mode) {
        if (mode instanceof SingleLeader single) {
            out.u8(SINGLE_LEADER);
            write(out, single.acknowledgement());
            out.u8(single.failover() == Failover.AUTOMATIC ? 1 : 0);
        } else {
            out.u8(mode instanceof ReplicationMode.MultiLeader ? MULTI_LEADER : LEADERLESS);
        }
    }

    /** Reads what {@link #write(ByteWriter, ReplicationMode)} wrote. */
    public static ReplicationMode readMode(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case MULTI_LEADER -> ReplicationMode.multiLeader();
            case LEADERLESS -> ReplicationMode.leaderless();
            case SINGLE_LEADER ->
                ReplicationMode.singleLeader(readAcknowledgement(in), in.flag() ? Failover.AUTOMATIC : Failover.MANUAL);
            default -> throw new UnsupportedFormatException("the mode of an epoch", kind, "1 to 3");
        };
    }

    private static void write(ByteWriter out, Acknowledgement acknowledgement) {
        if (acknowledgement instanceof Acknowledgement.SemiSync semiSync) {
            out.u8(SEMI_SYNC).varint(semiSync.followers());
            out.varint(semiSync.degradeAfter().map(Duration::toMillis).orElse(0L));
        } else if (acknowledgement instanceof Acknowledgement.Sync) {
            out.u8(SYNC);
        } else {
            out.u8(acknowledgement instanceof Acknowledgement.Chain ? CHAIN : ASYNC);
        }
    }

    private static Acknowledgement readAcknowledgement(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case ASYNC -> Acknowledgement.async();
            case SEMI_SYNC -> semiSync(in.varint(Acknowledgement.MAXIMUM_FOLLOWERS), in.varint());
            case SYNC -> Acknowledgement.sync();
            case CHAIN -> Acknowledgement.chain();
            default -> throw new UnsupportedFormatException("the acknowledgement of an epoch", kind, "1 to 4");
        };
    }

    private static Acknowledgement semiSync(int followers, long degradeAfterMillis) {
        if (followers < 1) {
            throw new MalformedBytesException("an epoch that is semi-synchronous with " + followers + " followers");
        }
        Counts.notNegative(degradeAfterMillis, "time to degrade");
        return new Acknowledgement.SemiSync(
                followers,
                degradeAfterMillis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(degradeAfterMillis)));
    }

    static void write(ByteWriter out, WantPromise message) {
        write(out, message.proposed());
        write(out, message.basis());
        out.u8(codeOf(message.stage()));
    }

    static WantPromise readWantPromise(ByteReader in) {
        return new WantPromise(readEpoch(in), readEpoch(in), readStage(in));
    }

    static void write(ByteWriter out, Promised message) {
        write(out, message.ballot());
        out.u8(codeOf(message.stage()));
        OriginCodec.write(out, message.applied());
        out.u8(message.unsettled() ? 1 : 0);
    }

    static Promised readPromised(ByteReader in, OriginCodec origins) {
        return new Promised(readBallot(in), readStage(in), origins.readVector(in), in.flag());
    }

    static void write(ByteWriter out, EpochIs message) {
        write(out, message.established());
        write(out, message.promised());
        out.u8(message.leads() ? 1 : 0);
    }

    static EpochIs readEpochIs(ByteReader in) {
        return new EpochIs(readEpoch(in), readBallot(in), in.flag());
    }

    private static int codeOf(Stage stage) {
        return switch (stage) {
            case PROBE -> 0;
            case PROBE_ANYWAY -> 1;
            case ASK -> 2;
            case PROBE_HEEDED -> 3;
        };
    }

    private static Stage readStage(ByteReader in) {
        return switch (in.varint(3)) {
            case 0 -> Stage.PROBE;
            case 1 -> Stage.PROBE_ANYWAY;
            case 2 -> Stage.ASK;
            default -> Stage.PROBE_HEEDED;
        };
    }
}
