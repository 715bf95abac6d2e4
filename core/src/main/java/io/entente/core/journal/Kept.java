package io.entente.core.journal;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.UnsupportedFormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * A conflict in its key's list of conflicts.
 *
 * @param position where it stands in the journal
 * @param length the bytes of its row
 */
record Kept(long position, int length) {

    private static final int FORMAT = 1;
    private static final int LEAST_BYTES = 2;

    /** The bytes of a key's list, which is as long as a key may have conflicts. */
    static Bytes encode(List<Kept> list) {
        ByteWriter out = new ByteWriter(16 * list.size() + 2);
        out.u8(FORMAT).varint(list.size());
        list.forEach(kept -> out.varint(kept.position).varint(kept.length));
        return out.toBytes();
    }

    /** A key's list, oldest first. */
    static List<Kept> decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        int format = in.u8();
        if (format != FORMAT) {
            throw new UnsupportedFormatException("the format of a key's conflicts", format, "format " + FORMAT);
        }
        List<Kept> list = new ArrayList<>();
        for (int left = in.count(LEAST_BYTES); left > 0; left--) {
            list.add(new Kept(in.varint(), in.varint(Integer.MAX_VALUE)));
        }
        in.expectEnd();
        return list;
    }
}
