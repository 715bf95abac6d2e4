package io.entente.cluster.map;

/** Bytes as they are. */
enum BytesCodec implements Codec<byte[]> {
    INSTANCE;

    @Override
    public String contentType() {
        return StoredValue.BINARY;
    }

    @Override
    public byte[] encode(byte[] value) {
        return value.clone();
    }

    @Override
    public byte[] decode(byte[] content) {
        return content.clone();
    }
}
