package io.entente.cluster.forwarding;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.routing.Router;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.EpochCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.mode.ReadConcern;
import io.entente.core.record.Siblings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The bytes of forwarded requests and their answers: format, kind, id, content. Decoding is confined to one thread.
 *
 * <p>It throws {@link MalformedBytesException} or {@link UnsupportedFormatException}, whatever the bytes are, and nothing else.
 */
final class ForwardCodec {

    /** The format written. */
    static final int FORMAT = 1;

    private static final int WRITE = 1;
    private static final int READ = 2;
    private static final int LIST = 3;
    private static final int REPLIED = 4;
    private static final int LISTED = 5;
    private static final int FAILED = 6;
    private static final int READ_PARTS = 8;

    private static final int LOOK = 9;
    private static final int SET_LINK = 10;
    private static final int SEEN = 11;
    private static final int DONE = 12;

    /** As {@link #WRITE}, and the version is kept when it is superseded. */
    private static final int WRITE_KEPT = 7;

    /** As {@link #WRITE}, kept or not, where a session's vector has been reached. */
    private static final int WRITE_IN_SESSION = 13;

    /** As {@link #READ} and {@link #READ_PARTS}, with another concern than the session's. */
    private static final int READ_BY = 14;

    private static final int READ_PARTS_BY = 15;
    private static final int BEGIN = 16;
    private static final int VOTE = 17;

    /** Where each value stands is its number: the order never changes. */
    static final List<Outcome> OUTCOMES = List.of(Outcome.NOT_APPLIED, Outcome.APPLIED, Outcome.UNKNOWN);

    /** Likewise. */
    static final List<RequestFailedException.Cause> CAUSES = List.of(
            RequestFailedException.Cause.OVERLOADED,
            RequestFailedException.Cause.NOT_RUNNING,
            RequestFailedException.Cause.STORE_FAILED,
            RequestFailedException.Cause.UNREACHABLE,
            RequestFailedException.Cause.CLOCK_OFF,
            RequestFailedException.Cause.DISK_FULL,
            RequestFailedException.Cause.HOME_UNREACHABLE);

    /** A key, a record of no versions and no parts. */
    private static final int LEAST_LISTED_BYTES = 3;

    private final OriginCodec origins = new OriginCodec(new OriginPool());
    private final SiblingsCodec siblings = new SiblingsCodec(origins);
    private final PartForms parts = new PartForms(siblings);
    private final RequestForms requests = new RequestForms(origins);
    private final ReplyForms replies = new ReplyForms(origins, siblings);

    /** Encodes a message. Thread-safe. */
    static Bytes encode(ForwardMessage message) {
        ByteWriter out = new ByteWriter();
        out.u8(FORMAT);
        message.dispatch(new Encoder(out));
        return out.toBytes();
    }

    /** Decodes what {@link #encode} made. */
    ForwardMessage decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        int format = in.u8();
        if (format != FORMAT) {
            throw new UnsupportedFormatException("the format of a forwarded request", format, "format " + FORMAT);
        }
        int kind = in.u8();
        long id = in.i64();
        try {
            ForwardMessage message = decode(kind, id, in);
            in.expectEnd();
            return message;
        } catch (IllegalArgumentException notOne) {
            throw new MalformedBytesException("not a forwarded request: " + notOne.getMessage(), notOne);
        }
    }

    private ForwardMessage decode(int kind, long id, ByteReader in) {
        return switch (kind) {
            case WRITE -> new ForwardMessage.Write(id, requests.write(in));
            case WRITE_KEPT -> new ForwardMessage.Write(id, requests.write(in).kept(true));
            case WRITE_IN_SESSION -> new ForwardMessage.Write(id, requests.writeInSession(in));
            case READ -> new ForwardMessage.Read(id, requests.read(in, ReadConcern.session()));
            case READ_BY -> new ForwardMessage.Read(id, requests.read(in, RequestForms.readConcern(in)));
            case READ_PARTS -> new ForwardMessage.ReadParts(id, requests.partsRead(in, ReadConcern.session()));
            case READ_PARTS_BY ->
                new ForwardMessage.ReadParts(id, requests.partsRead(in, RequestForms.readConcern(in)));
            case LIST -> new ForwardMessage.List(id, requests.list(in), Partitions.ofBits(in.string()));
            case REPLIED -> new ForwardMessage.Replied(id, replies.read(in));
            case LISTED -> new ForwardMessage.Listed(id, page(in));
            case LOOK -> new ForwardMessage.Look(id);
            case SET_LINK -> new ForwardMessage.SetLink(id, in.string(), in.string(), in.varint(1) == 1);
            case BEGIN ->
                new ForwardMessage.Begin(
                        id,
                        Partitions.ofBits(in.string()),
                        in.varint(1) == 1 ? Optional.of(EpochCodec.readMode(in)) : Optional.empty(),
                        duration(in));
            case VOTE -> new ForwardMessage.Vote(id, Partitions.ofBits(in.string()), names(in), duration(in));
            case SEEN -> new ForwardMessage.Seen(id, in.bytes());
            case DONE -> new ForwardMessage.Done(id);
            case FAILED ->
                new ForwardMessage.Failed(
                        id,
                        OUTCOMES.get(in.varint(OUTCOMES.size() - 1)),
                        CAUSES.get(in.varint(CAUSES.size() - 1)),
                        in.string());
            default -> throw new UnsupportedFormatException("the kind of a forwarded request", kind, "1 to " + VOTE);
        };
    }

    private static SortedSet<String> names(ByteReader in) {
        SortedSet<String> names = new TreeSet<>();
        for (int left = in.count(1); left > 0; left--) {
            names.add(in.string());
        }
        return names;
    }

    private Router.Listing page(ByteReader in) {
        List<Router.Listed> records = new ArrayList<>();
        for (int left = in.count(LEAST_LISTED_BYTES); left > 0; left--) {
            String key = in.string();
            Siblings versions = siblings.decode(in.bytes());
            records.add(new Router.Listed(
                    key, versions, in.varint(1) == 1 ? Optional.of(parts.read(in)) : Optional.empty()));
        }
        return new Router.Listing(records, optional(in));
    }

    static void optional(ByteWriter out, Optional<String> text) {
        out.u8(text.isPresent() ? 1 : 0);
        text.ifPresent(out::string);
    }

    static Optional<String> optional(ByteReader in) {
        return in.varint(1) == 1 ? Optional.of(in.string()) : Optional.empty();
    }

    static Duration duration(ByteReader in) {
        long nanos = in.varint();
        if (nanos < 0) {
            throw new MalformedBytesException("a time of " + nanos + " ns is negative");
        }
        return Duration.ofNanos(nanos);
    }

    private record Encoder(ByteWriter out) implements ForwardMessage.Handler {

        private ByteWriter begin(int kind, ForwardMessage message) {
            return out.u8(kind).i64(message.id());
        }

        private void begin(int usual, int other, ForwardMessage message, ReadConcern concern) {
            if (concern.equals(ReadConcern.session())) {
                begin(usual, message);
            } else {
                RequestForms.write(begin(other, message), concern);
            }
        }

        @Override
        public void onWrite(ForwardMessage.Write message) {
            if (message.request().atLeast().isEmpty()) {
                int kind = message.request().isKept() ? WRITE_KEPT : WRITE;
                RequestForms.write(begin(kind, message), message.request());
            } else {
                RequestForms.writeInSession(begin(WRITE_IN_SESSION, message), message.request());
            }
        }

        @Override
        public void onRead(ForwardMessage.Read message) {
            begin(READ, READ_BY, message, message.request().terms().concern());
            RequestForms.write(out, message.request());
        }

        @Override
        public void onReadParts(ForwardMessage.ReadParts message) {
            begin(READ_PARTS, READ_PARTS_BY, message, message.request().terms().concern());
            RequestForms.write(out, message.request());
        }

        @Override
        public void onList(ForwardMessage.List message) {
            RequestForms.write(begin(LIST, message), message.request());
            out.string(message.of().bits());
        }

        @Override
        public void onLook(ForwardMessage.Look message) {
            begin(LOOK, message);
        }

        @Override
        public void onSetLink(ForwardMessage.SetLink message) {
            begin(SET_LINK, message).string(message.from()).string(message.to()).u8(message.cut() ? 1 : 0);
        }

        @Override
        public void onBegin(ForwardMessage.Begin message) {
            begin(BEGIN, message).string(message.of().bits()).u8(message.mode().isPresent() ? 1 : 0);
            message.mode().ifPresent(mode -> EpochCodec.write(out, mode));
            out.varint(message.timeout().toNanos());
        }

        @Override
        public void onVote(ForwardMessage.Vote message) {
            begin(VOTE, message)
                    .string(message.of().bits())
                    .varint(message.voters().size());
            message.voters().forEach(out::string);
            out.varint(message.timeout().toNanos());
        }

        @Override
        public void onReplied(ForwardMessage.Replied message) {
            ReplyForms.write(begin(REPLIED, message), message.reply());
        }

        @Override
        public void onListed(ForwardMessage.Listed message) {
            SiblingsCodec codec = new SiblingsCodec(new OriginCodec(new OriginPool()));
            begin(LISTED, message).varint(message.page().records().size());
            for (Router.Listed record : message.page().records()) {
                out.string(record.key()).bytes(codec.encode(record.siblings().forReaders()));
                out.u8(record.parts().isPresent() ? 1 : 0);
                record.parts().ifPresent(parts -> PartForms.write(out, parts));
            }
            optional(out, message.page().next());
        }

        @Override
        public void onSeen(ForwardMessage.Seen message) {
            begin(SEEN, message).bytes(message.json());
        }

        @Override
        public void onDone(ForwardMessage.Done message) {
            begin(DONE, message);
        }

        @Override
        public void onFailed(ForwardMessage.Failed message) {
            begin(FAILED, message)
                    .varint(OUTCOMES.indexOf(message.outcome()))
                    .varint(CAUSES.indexOf(message.kind()))
                    .string(message.why());
        }
    }
}
