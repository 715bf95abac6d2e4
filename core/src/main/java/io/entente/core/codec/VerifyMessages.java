package io.entente.core.codec;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.Digest;
import io.entente.core.message.MovedRows;
import io.entente.core.message.RangeDigest;
import io.entente.core.message.RowState;
import io.entente.core.message.VerifyMessage;
import io.entente.core.message.VerifyMessage.Content;
import io.entente.core.message.VerifyMessage.ContentAsked;
import io.entente.core.message.VerifyMessage.DigestsAsked;
import io.entente.core.message.VerifyMessage.KeysAsked;
import io.entente.core.message.VerifyMessage.RangesDiffer;
import io.entente.core.message.VerifyMessage.Repair;
import io.entente.core.message.VerifyMessage.RepairAsked;
import io.entente.core.message.VerifyMessage.Repaired;
import io.entente.core.message.VerifyMessage.Rows;
import io.entente.core.message.VerifyMessage.RowsAsked;
import io.entente.core.message.VerifyMessage.ToVerifier;
import io.entente.core.message.VerifyMessage.ViewAsked;
import io.entente.core.message.VerifyMessage.ViewDone;
import io.entente.core.message.VerifyMessage.ViewOpened;
import io.entente.core.message.VerifyMessage.ViewRefused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The bytes of messages between replicas that compare their records: kind and content. */
final class VerifyMessages {

    private static final int VIEW_ASKED = 1;
    private static final int DIGESTS_ASKED = 2;
    private static final int ROWS_ASKED = 3;
    private static final int KEYS_ASKED = 4;
    private static final int CONTENT_ASKED = 5;
    private static final int REPAIR_ASKED = 6;
    private static final int VIEW_DONE = 7;
    private static final int VIEW_OPENED = 8;
    private static final int VIEW_REFUSED = 9;
    private static final int RANGES_DIFFER = 10;
    private static final int ROWS = 11;
    private static final int CONTENT = 12;
    private static final int REPAIRED = 13;

    /** By their place in the bytes. */
    private static final List<RowState.Kind> KINDS =
            List.of(RowState.Kind.LIVE, RowState.Kind.GONE, RowState.Kind.ABSENT, RowState.Kind.UNREADABLE);

    private VerifyMessages() {}

    static void write(VerifyMessage message, ByteWriter out) {
        if (message instanceof VerifyMessage.ToView asked) {
            asked.dispatch(new Encoder(out));
        } else {
            write((ToVerifier) message, out);
        }
    }

    private static void write(ToVerifier message, ByteWriter out) {
        if (message instanceof ViewOpened opened) {
            OriginCodec.write(out.u8(VIEW_OPENED), opened.applied());
            write(opened.moved(), out);
        } else if (message instanceof ViewRefused refused) {
            out.u8(VIEW_REFUSED).string(refused.why());
        } else if (message instanceof RangesDiffer differ) {
            out.u8(RANGES_DIFFER).varint(differ.number()).varint(differ.ranges().size());
            differ.ranges().forEach(out::varint);
        } else if (message instanceof Rows rows) {
            out.u8(ROWS).varint(rows.number()).varint(rows.rows().size());
            rows.rows().forEach(row -> write(row, out));
            write(rows.upTo(), out);
            out.u8(rows.unreadable() ? 1 : 0);
        } else if (message instanceof Content content) {
            out.u8(CONTENT).varint(content.number()).varint(content.rows().size());
            content.rows().forEach(row -> write(row, out));
        } else {
            Repaired repaired = (Repaired) message;
            out.u8(REPAIRED).varint(repaired.number()).varint(repaired.done().size());
            repaired.done().forEach(done -> out.u8(done ? 1 : 0));
        }
    }

    static VerifyMessage read(ByteReader in, OriginCodec origins) {
        int kind = in.u8();
        return switch (kind) {
            case VIEW_ASKED -> new ViewAsked(origins.readVector(in));
            case DIGESTS_ASKED ->
                new DigestsAsked(
                        number(in),
                        in.flag() ? Optional.of(moved(in)) : Optional.empty(),
                        in.bytes(),
                        list(in, 18, VerifyMessages::range));
            case ROWS_ASKED -> new RowsAsked(number(in), in.bytes(), in.bytes());
            case KEYS_ASKED -> new KeysAsked(number(in), list(in, 1, ByteReader::bytes));
            case CONTENT_ASKED -> new ContentAsked(number(in), list(in, 1, ByteReader::bytes));
            case REPAIR_ASKED -> new RepairAsked(number(in), list(in, 5, VerifyMessages::repair));
            case VIEW_DONE -> new ViewDone();
            case VIEW_OPENED -> new ViewOpened(origins.readVector(in), moved(in));
            case VIEW_REFUSED -> new ViewRefused(in.string());
            case RANGES_DIFFER -> new RangesDiffer(number(in), list(in, 1, each -> each.varint(Integer.MAX_VALUE)));
            case ROWS -> new Rows(number(in), list(in, 2, VerifyMessages::row), optional(in), in.flag());
            case CONTENT -> new Content(number(in), list(in, 1, VerifyMessages::optional));
            case REPAIRED -> new Repaired(number(in), list(in, 1, ByteReader::flag));
            default -> throw new UnsupportedFormatException("the kind of a message of a verification", kind, "1 to 13");
        };
    }

    private static long number(ByteReader in) {
        return Counts.positive(in.varint(), "number of a question");
    }

    private static <T> List<T> list(ByteReader in, int leastBytesEach, Function<ByteReader, T> each) {
        int size = in.count(leastBytesEach);
        List<T> read = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            read.add(each.apply(in));
        }
        return read;
    }

    private static void write(MovedRows moved, ByteWriter out) {
        write(moved.keys(), out);
        write(moved.prefixes(), out);
    }

    private static MovedRows moved(ByteReader in) {
        return new MovedRows(set(in), set(in));
    }

    private static void write(Collection<Bytes> keys, ByteWriter out) {
        out.varint(keys.size());
        keys.forEach(out::bytes);
    }

    private static NavigableSet<Bytes> set(ByteReader in) {
        return new TreeSet<>(list(in, 1, ByteReader::bytes));
    }

    private static void write(Digest digest, ByteWriter out) {
        out.i64(digest.high()).i64(digest.low());
    }

    private static Digest digest(ByteReader in) {
        return new Digest(in.i64(), in.i64());
    }

    private static RangeDigest range(ByteReader in) {
        return new RangeDigest(in.bytes(), Counts.notNegative(in.varint(), "number of rows"), digest(in));
    }

    private static void write(RowState row, ByteWriter out) {
        out.bytes(row.key()).u8(KINDS.indexOf(row.kind()));
        if (row.kind() == RowState.Kind.LIVE) {
            write(row.digest(), out);
        }
    }

    private static RowState row(ByteReader in) {
        Bytes key = in.bytes();
        RowState.Kind kind = KINDS.get(in.varint(KINDS.size() - 1));
        return kind == RowState.Kind.LIVE ? RowState.live(key, digest(in)) : RowState.of(key, kind);
    }

    private static void write(Optional<Bytes> bytes, ByteWriter out) {
        out.u8(bytes.isPresent() ? 1 : 0);
        bytes.ifPresent(out::bytes);
    }

    private static Optional<Bytes> optional(ByteReader in) {
        return in.flag() ? Optional.of(in.bytes()) : Optional.empty();
    }

    private static VerifyMessage.Repair repair(ByteReader in) {
        return new Repair(row(in), row(in), optional(in));
    }

    private record Encoder(ByteWriter out) implements VerifyMessage.ToView.Handler {

        @Override
        public void onViewAsked(ViewAsked message) {
            OriginCodec.write(out.u8(VIEW_ASKED), message.at());
        }

        @Override
        public void onDigestsAsked(DigestsAsked message) {
            out.u8(DIGESTS_ASKED).varint(message.number());
            out.u8(message.moved().isPresent() ? 1 : 0);
            message.moved().ifPresent(moved -> write(moved, out));
            out.bytes(message.from()).varint(message.ranges().size());
            for (RangeDigest range : message.ranges()) {
                out.bytes(range.to()).varint(range.rows());
                write(range.sum(), out);
            }
        }

        @Override
        public void onRowsAsked(RowsAsked message) {
            out.u8(ROWS_ASKED).varint(message.number()).bytes(message.from()).bytes(message.to());
        }

        @Override
        public void onKeysAsked(KeysAsked message) {
            write(message.keys(), out.u8(KEYS_ASKED).varint(message.number()));
        }

        @Override
        public void onContentAsked(ContentAsked message) {
            write(message.keys(), out.u8(CONTENT_ASKED).varint(message.number()));
        }

        @Override
        public void onRepairAsked(RepairAsked message) {
            out.u8(REPAIR_ASKED)
                    .varint(message.number())
                    .varint(message.repairs().size());
            for (Repair repair : message.repairs()) {
                write(repair.wrong(), out);
                write(repair.right(), out);
                write(repair.row(), out);
            }
        }

        @Override
        public void onViewDone(ViewDone message) {
            out.u8(VIEW_DONE);
        }
    }
}
