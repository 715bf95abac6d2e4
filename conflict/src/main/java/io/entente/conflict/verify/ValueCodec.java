package io.entente.conflict.verify;

import java.util.Objects;
import java.util.function.Function;

/**
 * How values become bytes and come back.
 *
 * @param encode gives a value's bytes
 * @param decode makes the value of its bytes
 * @param <V> the type of values
 */
record ValueCodec<V>(Function<? super V, byte[]> encode, Function<byte[], ? extends V> decode) {

    ValueCodec {
        Objects.requireNonNull(encode, "encode");
        Objects.requireNonNull(decode, "decode");
    }

    V copy(V value) {
        return decode.apply(encode.apply(value));
    }
}
