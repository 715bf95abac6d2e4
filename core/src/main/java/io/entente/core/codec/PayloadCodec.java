package io.entente.core.codec;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.record.Payload;

/** The bytes of a payload: a kind, and a value's content with its length, or operations. */
final class PayloadCodec {

    private static final int VALUE = 0;
    private static final int DELETION = 1;
    private static final int OPERATIONS = 2;

    private PayloadCodec() {}

    static void write(ByteWriter out, Payload payload) {
        if (payload instanceof Payload.Value value) {
            out.u8(VALUE);
            out.bytes(value.content());
        } else if (payload instanceof Payload.Operations operations) {
            out.u8(OPERATIONS);
            PartOperationCodec.write(out, operations);
        } else {
            out.u8(DELETION);
        }
    }

    /** The payload of an entry. */
    static Payload read(ByteReader in, PartOperationCodec operations) {
        int kind = in.u8();
        return kind == OPERATIONS
                ? operations.read(in)
                : version(kind, in, "0 (value), 1 (deletion) and 2 (operations)");
    }

    /** The payload of a version. */
    static Payload read(ByteReader in) {
        return version(in.u8(), in, "0 (value) and 1 (deletion)");
    }

    private static Payload version(int kind, ByteReader in, String known) {
        return switch (kind) {
            case VALUE -> Payload.value(in.bytes());
            case DELETION -> Payload.deletion();
            default -> throw new UnsupportedFormatException("the kind of a payload", kind, known);
        };
    }
}
