package io.entente.core.codec;

import io.entente.conflict.version.Dot;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.record.PartOperation;
import io.entente.core.record.PartOperation.Forget;
import io.entente.core.record.PartOperation.Observed;
import io.entente.core.record.PartOperation.Put;
import io.entente.core.record.PartOperation.Reset;
import io.entente.core.record.PartOperation.Tally;
import io.entente.core.record.PartOperation.Tombstone;
import io.entente.core.record.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of the operations of one write: their number, then each one's kind, part and content. Reading is confined to one thread.
 *
 * <p>A kind that is unknown here is an {@link UnsupportedFormatException}: who can't apply an operation must not go on without it.
 */
public final class PartOperationCodec {

    private static final int PUT = 0;
    private static final int TOMBSTONE = 1;
    private static final int FORGET = 2;
    private static final int TALLY = 3;
    private static final int RESET = 4;

    /** A kind and a part of no bytes. */
    private static final int LEAST_OPERATION_BYTES = 2;

    /** A part, an origin of two empty names, a sequence and a total. */
    private static final int LEAST_OBSERVED_BYTES = 21;

    private final OriginCodec origins;

    /** A codec that decodes origins with {@code origins}. */
    public PartOperationCodec(OriginCodec origins) {
        this.origins = origins;
    }

    /** Writes operations. */
    public static void write(ByteWriter out, Payload.Operations payload) {
        out.varint(payload.operations().size());
        Encoder encoder = new Encoder(out);
        payload.operations().forEach(operation -> operation.dispatch(encoder));
    }

    /** Reads what {@link #write} wrote. */
    public Payload.Operations read(ByteReader in) {
        int size = in.count(LEAST_OPERATION_BYTES);
        if (size > Payload.Operations.MOST) {
            throw new MalformedBytesException(size + " operations in one write");
        }
        List<PartOperation> operations = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            operations.add(operation(in));
        }
        try {
            return new Payload.Operations(operations);
        } catch (IllegalArgumentException notThose) {
            throw new MalformedBytesException("not the operations of a write: " + notThose.getMessage(), notThose);
        }
    }

    private PartOperation operation(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case PUT -> new Put(in.bytes(), in.bytes());
            case TOMBSTONE -> new Tombstone(in.bytes());
            case FORGET -> new Forget(in.bytes());
            case TALLY -> new Tally(in.bytes(), zigzag(in.varint()), in.varint(1) == 1);
            case RESET -> new Reset(in.bytes(), observed(in));
            default ->
                throw new UnsupportedFormatException(
                        "the kind of an operation",
                        kind,
                        "0 (put), 1 (tombstone), 2 (forget), 3 (tally) and 4 (reset)");
        };
    }

    private List<Observed> observed(ByteReader in) {
        int size = in.count(LEAST_OBSERVED_BYTES);
        List<Observed> observed = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Bytes part = in.bytes();
            Dot upTo = new Dot(origins.readOrigin(in), Counts.positive(in.varint(), "sequence"));
            observed.add(new Observed(part, upTo, zigzag(in.varint())));
        }
        return observed;
    }

    /** Numbers near 0 in few bytes, whatever their sign. */
    static long zigzagged(long value) {
        return (value << 1) ^ (value >> 63);
    }

    static long zigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    private record Encoder(ByteWriter out) implements PartOperation.Handler {

        @Override
        public void onPut(Put operation) {
            out.u8(PUT).bytes(operation.part()).bytes(operation.content());
        }

        @Override
        public void onTombstone(Tombstone operation) {
            out.u8(TOMBSTONE).bytes(operation.part());
        }

        @Override
        public void onForget(Forget operation) {
            out.u8(FORGET).bytes(operation.part());
        }

        @Override
        public void onTally(Tally operation) {
            out.u8(TALLY)
                    .bytes(operation.part())
                    .varint(zigzagged(operation.delta()))
                    .varint(operation.first() ? 1 : 0);
        }

        @Override
        public void onReset(Reset operation) {
            out.u8(RESET).bytes(operation.part()).varint(operation.observed().size());
            for (Observed observed : operation.observed()) {
                out.bytes(observed.part());
                OriginCodec.write(out, observed.upTo().origin());
                out.varint(observed.upTo().sequence()).varint(zigzagged(observed.total()));
            }
        }
    }
}
