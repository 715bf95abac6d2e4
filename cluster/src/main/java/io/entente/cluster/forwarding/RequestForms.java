package io.entente.cluster.forwarding;

import io.entente.cluster.routing.Router;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.PartOperationCodec;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.event.WriteCondition;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bytes of requests. Reading is confined to one thread. */
final class RequestForms {

    private static final int VALUE = 0;
    private static final int DELETION = 1;
    private static final int OPERATIONS = 2;

    private static final int UNCONDITIONAL = 0;
    private static final int SEEN = 1;
    private static final int IF_CURRENT = 2;
    private static final int IF_ABSENT = 3;

    private static final int REPLICAS = 0;
    private static final int DATA_CENTERS = 1;
    private static final int LOCAL_QUORUM = 2;
    private static final int QUORUM = 3;
    private static final int ALL = 4;
    private static final int TAIL = 5;

    private static final int READ_LOCAL = 0;
    private static final int READ_SESSION = 1;
    private static final int READ_LOCAL_QUORUM = 2;
    private static final int READ_QUORUM = 3;
    private static final int READ_REPLICAS = 4;
    private static final int READ_LEADER = 5;

    /** An origin of two empty names, and a sequence. */
    private static final int LEAST_DOT_BYTES = 19;

    private final OriginCodec origins;
    private final PartOperationCodec operations;

    RequestForms(OriginCodec origins) {
        this.origins = origins;
        this.operations = new PartOperationCodec(origins);
    }

    static void write(ByteWriter out, Router.Write request) {
        write(out, request.key());
        write(out, request.payload());
        write(out, request.condition());
        write(out, request.concern());
        out.varint(request.timeout().toNanos());
    }

    Router.Write write(ByteReader in) {
        return new Router.Write(key(in), payload(in), condition(in), concern(in), ForwardCodec.duration(in));
    }

    static void writeInSession(ByteWriter out, Router.Write request) {
        out.u8(request.isKept() ? 1 : 0);
        OriginCodec.write(out, request.atLeast());
        write(out, request);
    }

    Router.Write writeInSession(ByteReader in) {
        boolean isKept = in.varint(1) == 1;
        VersionVector atLeast = origins.readVector(in);
        return write(in).kept(isKept).after(atLeast);
    }

    static void write(ByteWriter out, Router.Read request) {
        write(out, request.key());
        write(out, request.terms());
    }

    /** A read with that concern. */
    Router.Read read(ByteReader in, ReadConcern concern) {
        return new Router.Read(key(in), terms(in, concern));
    }

    static void write(ByteWriter out, Router.PartsRead request) {
        write(out, request.key());
        out.u8(request.part().isPresent() ? 1 : 0);
        request.part().ifPresent(out::bytes);
        out.varint(request.mostBytes());
        write(out, request.terms());
    }

    Router.PartsRead partsRead(ByteReader in, ReadConcern concern) {
        return new Router.PartsRead(
                key(in),
                in.varint(1) == 1 ? Optional.of(in.bytes()) : Optional.empty(),
                in.varint(Integer.MAX_VALUE),
                terms(in, concern));
    }

    private static void write(ByteWriter out, Router.ReadTerms terms) {
        OriginCodec.write(out, terms.atLeast());
        out.varint(terms.timeout().toNanos());
    }

    private Router.ReadTerms terms(ByteReader in, ReadConcern concern) {
        return new Router.ReadTerms(concern, origins.readVector(in), ForwardCodec.duration(in));
    }

    static void write(ByteWriter out, ReadConcern concern) {
        if (concern instanceof ReadConcern.Replicas replicas) {
            out.u8(READ_REPLICAS).varint(replicas.count());
        } else if (concern instanceof ReadConcern.Here) {
            out.u8(concern.waitsForSession() ? READ_SESSION : READ_LOCAL);
        } else if (concern.isLeaders()) {
            out.u8(READ_LEADER);
        } else {
            out.u8(concern instanceof ReadConcern.LocalQuorum ? READ_LOCAL_QUORUM : READ_QUORUM);
        }
    }

    static ReadConcern readConcern(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case READ_LOCAL -> ReadConcern.local();
            case READ_SESSION -> ReadConcern.session();
            case READ_LOCAL_QUORUM -> ReadConcern.localQuorum();
            case READ_QUORUM -> ReadConcern.quorum();
            case READ_REPLICAS -> ReadConcern.replicas(in.varint(ReadConcern.MAXIMUM_COUNT));
            case READ_LEADER -> ReadConcern.leader();
            default -> throw unknown("read concern", kind, READ_LEADER);
        };
    }

    static void write(ByteWriter out, Router.ListRequest request) {
        out.string(request.map()).string(request.prefix());
        ForwardCodec.optional(out, request.after());
        out.varint(request.limit()).u8(request.mergeable() ? 1 : 0);
    }

    Router.ListRequest list(ByteReader in) {
        return new Router.ListRequest(
                in.string(),
                in.string(),
                ForwardCodec.optional(in),
                in.varint(Router.ListRequest.MOST_RECORDS),
                in.varint(1) == 1);
    }

    private static void write(ByteWriter out, RecordKey key) {
        out.string(key.map()).string(key.key());
    }

    private static RecordKey key(ByteReader in) {
        return new RecordKey(in.string(), in.string());
    }

    private static void write(ByteWriter out, Payload payload) {
        if (payload instanceof Payload.Value value) {
            out.u8(VALUE).bytes(value.content());
        } else if (payload instanceof Payload.Operations operations) {
            PartOperationCodec.write(out.u8(OPERATIONS), operations);
        } else {
            out.u8(DELETION);
        }
    }

    private Payload payload(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case VALUE -> Payload.value(in.bytes());
            case DELETION -> Payload.deletion();
            case OPERATIONS -> operations.read(in);
            default -> throw unknown("payload", kind, OPERATIONS);
        };
    }

    private static void write(ByteWriter out, WriteCondition condition) {
        if (condition instanceof WriteCondition.Seen seen) {
            write(out.u8(SEEN), seen.context());
        } else if (condition instanceof WriteCondition.IfCurrent current) {
            write(out.u8(IF_CURRENT), current.context());
        } else {
            out.u8(condition instanceof WriteCondition.IfAbsent ? IF_ABSENT : UNCONDITIONAL);
        }
    }

    private WriteCondition condition(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case UNCONDITIONAL -> WriteCondition.none();
            case SEEN -> WriteCondition.seen(context(in));
            case IF_CURRENT -> WriteCondition.ifCurrent(context(in));
            case IF_ABSENT -> WriteCondition.ifAbsent();
            default -> throw unknown("condition", kind, IF_ABSENT);
        };
    }

    private static void write(ByteWriter out, WriteConcern concern) {
        if (concern instanceof WriteConcern.Replicas replicas) {
            out.u8(REPLICAS).varint(replicas.count());
        } else if (concern instanceof WriteConcern.DataCenters dataCenters) {
            out.u8(DATA_CENTERS).varint(dataCenters.count());
        } else if (concern instanceof WriteConcern.LocalQuorum) {
            out.u8(LOCAL_QUORUM);
        } else if (concern instanceof WriteConcern.Quorum) {
            out.u8(QUORUM);
        } else {
            out.u8(concern instanceof WriteConcern.All ? ALL : TAIL);
        }
    }

    private static WriteConcern concern(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case REPLICAS -> WriteConcern.replicas(in.varint(WriteConcern.MAXIMUM_COUNT));
            case DATA_CENTERS -> WriteConcern.dataCenters(in.varint(WriteConcern.MAXIMUM_COUNT));
            case LOCAL_QUORUM -> WriteConcern.localQuorum();
            case QUORUM -> WriteConcern.quorum();
            case ALL -> WriteConcern.all();
            case TAIL -> WriteConcern.tail();
            default -> throw unknown("write concern", kind, TAIL);
        };
    }

    static void write(ByteWriter out, CausalContext context) {
        out.u8(context.absent() ? 1 : 0).varint(context.dots().size());
        context.dots().forEach(dot -> write(out, dot));
    }

    CausalContext context(ByteReader in) {
        return context(in, origins);
    }

    static CausalContext context(ByteReader in, OriginCodec origins) {
        boolean absent = in.varint(1) == 1;
        List<Dot> dots = new ArrayList<>();
        for (int left = in.count(LEAST_DOT_BYTES); left > 0; left--) {
            dots.add(dot(in, origins));
        }
        return CausalContext.of(dots, absent);
    }

    static void write(ByteWriter out, Dot dot) {
        OriginCodec.write(out, dot.origin());
        out.varint(dot.sequence());
    }

    static Dot dot(ByteReader in, OriginCodec origins) {
        return new Dot(origins.readOrigin(in), in.varint());
    }

    private static UnsupportedFormatException unknown(String what, int kind, int last) {
        return new UnsupportedFormatException("the kind of a forwarded " + what, kind, "0 to " + last);
    }
}
