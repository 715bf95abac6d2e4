package io.entente.core.message;

import io.entente.core.bytes.Bytes;
import java.util.Objects;

/**
 * What the rows of a range of keys amount to; it begins where the one before it ends.
 *
 * @param to the first key after the range
 * @param rows how many rows there are that count
 * @param sum of all of them
 */
public record RangeDigest(Bytes to, long rows, Digest sum) {

    public RangeDigest {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(sum, "sum");
    }
}
