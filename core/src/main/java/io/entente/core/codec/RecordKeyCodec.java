package io.entente.core.codec;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.RecordKey;

/** The bytes of a record's name where it is a value: map and key, each with its length. */
public final class RecordKeyCodec {

    private RecordKeyCodec() {}

    /** Encodes a name. */
    public static Bytes encode(RecordKey key) {
        return new ByteWriter().string(key.map()).string(key.key()).toBytes();
    }

    /** Decodes what {@link #encode} made. */
    public static RecordKey decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        RecordKey key = new RecordKey(in.string(), in.string());
        in.expectEnd();
        return key;
    }
}
