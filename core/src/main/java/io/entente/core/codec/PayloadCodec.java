package io.entente.core.codec;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.record.Payload;

/** The bytes of a payload: a kind, and a value's content with its length. */
final class PayloadCodec {

    private static final int VALUE = 0;
    private static final int DELETION = 1;

    private PayloadCodec() {}

    static void write(ByteWriter out, Payload payload) {
        if (payload instanceof Payload.Value value) {
            out.u8(VALUE);
            out.bytes(value.content());
        } else {
            out.u8(DELETION);
        }
    }

    static Payload read(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case VALUE -> Payload.value(in.bytes());
            case DELETION -> Payload.deletion();
            default ->
                throw new UnsupportedFormatException("the kind of a payload", kind, "0 (value) and 1 (deletion)");
        };
    }
}
