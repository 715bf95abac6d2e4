package io.entente.cluster.map;

import io.entente.core.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8, without silent replacement. */
enum TextCodec implements Codec<String> {
    INSTANCE;

    @Override
    public String contentType() {
        return StoredValue.TEXT;
    }

    @Override
    public byte[] encode(String value) {
        try {
            return Bytes.utf8(value).toArray();
        } catch (IllegalArgumentException halfACharacter) {
            throw new CodecException("the text holds half a surrogate pair, which UTF-8 can't express", halfACharacter);
        }
    }

    @Override
    public String decode(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new CodecException("its " + content.length + " bytes are not UTF-8", notUtf8);
        }
    }
}
