package io.entente.cluster.map;

import io.entente.core.bytes.Bytes;
import java.util.Objects;

/** Values of an application's codec; whatever the application throws is a {@link CodecException} here. */
public final class CodecView<V> implements ValueView<V> {

    private final Codec<V> codec;
    private final String contentType;

    /**
     * Values of that codec.
     *
     * @throws IllegalArgumentException when its content type is malformed
     */
    public CodecView(Codec<V> codec) {
        this.codec = codec;
        this.contentType = MediaType.canonical(codec.contentType());
    }

    @Override
    public V decode(StoredValue stored) {
        requireReadable(stored);
        try {
            return Objects.requireNonNull(codec.decode(stored.content().toArray()), "the codec returned null");
        } catch (CodecException refused) {
            throw refused;
        } catch (RuntimeException | StackOverflowError failure) {
            throw new CodecException("its codec failed: " + failure, failure);
        }
    }

    @Override
    public StoredValue encode(V value) {
        try {
            return new StoredValue(contentType, Bytes.wrap(codec.encode(value)));
        } catch (CodecException refused) {
            throw refused;
        } catch (RuntimeException | StackOverflowError failure) {
            throw new CodecException("its codec failed: " + failure, failure);
        }
    }

    /** Whoever takes bytes takes any; else the types must agree but for their parameters. */
    private void requireReadable(StoredValue stored) {
        String expected = MediaType.essence(contentType);
        if (!expected.equals(StoredValue.BINARY) && !expected.equals(MediaType.essence(stored.contentType()))) {
            throw new CodecException("it is " + stored.contentType() + ", not " + contentType);
        }
    }
}
