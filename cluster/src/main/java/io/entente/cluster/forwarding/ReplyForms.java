package io.entente.cluster.forwarding;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Over;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;

/** The bytes of replicas' replies. Reading is confined to one thread. */
final class ReplyForms {

    private static final int WRITTEN = 0;
    private static final int FOUND = 1;
    private static final int REFUSED = 2;
    private static final int TIMED_OUT = 3;
    private static final int FOUND_PARTS = 4;
    private static final int EPOCH_OVER = 5;

    /** Where each refusal stands is its number: the order never changes. */
    static final List<Refusal> REFUSALS = List.of(
            Refusal.NOT_ADMITTED,
            Refusal.NOT_REACHED,
            Refusal.PRECONDITION_FAILED,
            Refusal.TOO_MANY_SIBLINGS,
            Refusal.OVERLOADED,
            Refusal.TOO_LARGE,
            Refusal.NO_QUORUM,
            Refusal.TOO_MANY_COPIES,
            Refusal.NOT_LEADER,
            Refusal.NO_LEADER,
            Refusal.NO_MAJORITY,
            Refusal.NO_VOTERS,
            Refusal.NO_SUCH_VOTERS);

    /** Two empty names. */
    private static final int LEAST_NODE_BYTES = 2;

    private final OriginCodec origins;
    private final SiblingsCodec siblings;
    private final PartForms parts;

    ReplyForms(OriginCodec origins, SiblingsCodec siblings) {
        this.origins = origins;
        this.siblings = siblings;
        this.parts = new PartForms(siblings);
    }

    static void write(ByteWriter out, Reply reply) {
        if (reply instanceof Reply.Written written) {
            write(out.u8(WRITTEN), written);
        } else if (reply instanceof Reply.Found found) {
            SiblingsCodec codec = new SiblingsCodec(new OriginCodec(new OriginPool()));
            out.u8(FOUND).bytes(codec.encode(found.siblings().forReaders()));
            OriginCodec.write(out, found.applied());
        } else if (reply instanceof Reply.FoundParts found) {
            PartForms.write(out.u8(FOUND_PARTS), found.parts());
            OriginCodec.write(out, found.applied());
        } else if (reply instanceof Reply.Refused refused) {
            out.u8(REFUSED).varint(REFUSALS.indexOf(refused.reason())).string(refused.detail());
        } else if (reply instanceof Reply.ConcernTimedOut late) {
            write(out.u8(late.over() == Over.EPOCH ? EPOCH_OVER : TIMED_OUT), late.written());
            out.varint(late.acknowledgedBy().size());
            late.acknowledgedBy().forEach(node -> out.string(node.dataCenter()).string(node.node()));
        }
    }

    Reply read(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case WRITTEN -> written(in);
            case FOUND -> new Reply.Found(siblings.decode(in.bytes()), origins.readVector(in));
            case FOUND_PARTS -> new Reply.FoundParts(parts.read(in), origins.readVector(in));
            case REFUSED -> new Reply.Refused(REFUSALS.get(in.varint(REFUSALS.size() - 1)), in.string());
            case TIMED_OUT -> new Reply.ConcernTimedOut(written(in), nodes(in), Over.TIME);
            case EPOCH_OVER -> new Reply.ConcernTimedOut(written(in), nodes(in), Over.EPOCH);
            default ->
                throw new UnsupportedFormatException("the kind of a forwarded reply", kind, "0 to " + EPOCH_OVER);
        };
    }

    private static void write(ByteWriter out, Reply.Written written) {
        RequestForms.write(out, written.dot());
        RequestForms.write(out, written.context());
        OriginCodec.write(out, written.applied());
    }

    private Reply.Written written(ByteReader in) {
        return new Reply.Written(
                RequestForms.dot(in, origins), RequestForms.context(in, origins), origins.readVector(in));
    }

    private static List<NodeId> nodes(ByteReader in) {
        List<NodeId> nodes = new ArrayList<>();
        for (int left = in.count(LEAST_NODE_BYTES); left > 0; left--) {
            nodes.add(new NodeId(in.string(), in.string()));
        }
        return nodes;
    }
}
