package io.entente.samples.bench.site;

import io.entente.core.bytes.Bytes;
import io.entente.core.record.PartOperation;
import io.entente.core.record.Payload;
import java.util.Locale;

/** A set that elements are added to: what {@code {"add": "element-0000042"}} does to an add-wins set. Elements have names of one length. */
public final class SetOfElements {

    private static final long STRIDE = 7_919;

    private SetOfElements() {}

    /** The addition of an element. */
    public static Payload add(int element) {
        return Payload.operations(new PartOperation.Put(Bytes.utf8("a=\"" + name(element) + "\""), Bytes.empty()));
    }

    /** An element's name. */
    public static String name(int element) {
        return String.format(Locale.ROOT, "element-%07d", element);
    }

    /** One of so many elements for each number of a write: each comes up once in so many numbers, unless 7,919 divides their count. */
    static int elementOf(int number, int elements) {
        return (int) (number * STRIDE % elements);
    }
}
