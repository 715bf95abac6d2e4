package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.UnsupportedFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a value is stored as. */
class StoredValueTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/json                     | application/json          | 1
            Application/JSON;charset=UTF-8       | application/json          | 1
            application/json; charset="utf-8"    | application/json          | 1
            text/plain;charset=UTF-8             | text/plain; charset=utf-8 | 1
            application/octet-stream             | application/octet-stream  | 1
            text/plain                           | text/plain                | 12
            text/plain; charset=latin1           | text/plain; charset=latin1 | 28
            application/problem+json             | application/problem+json  | 26
            """)
    void anEnvelopeKeepsTypeAndContent(String given, String canonical, int overhead) {
        StoredValue value = new StoredValue(given, Bytes.utf8("content"));
        assertThat(value.contentType()).isEqualTo(canonical);
        assertThat(value.envelope().length() - 7).isEqualTo(overhead);
        assertThat(StoredValue.open(value.envelope())).isEqualTo(value);
    }

    @Test
    void theEnvelopeIsThatOfTheFirstVersion() {
        assertThat(StoredValue.json("1").envelope()).isEqualTo(Bytes.of((byte) 0x11, (byte) '1'));
        assertThat(StoredValue.text("1").envelope()).isEqualTo(Bytes.of((byte) 0x12, (byte) '1'));
        assertThat(StoredValue.binary(Bytes.utf8("1")).envelope()).isEqualTo(Bytes.of((byte) 0x13, (byte) '1'));
        assertThat(new StoredValue("a/b", Bytes.utf8("1")).envelope())
                .isEqualTo(Bytes.of((byte) 0x10, (byte) 3, (byte) 'a', (byte) '/', (byte) 'b', (byte) '1'));
    }

    @Test
    void anEmptyContentIsAValue() {
        assertThat(StoredValue.open(StoredValue.text("").envelope())).isEqualTo(StoredValue.text(""));
    }

    @Test
    void whatIsNoEnvelopeIsRefused() {
        assertThatExceptionOfType(MalformedBytesException.class).isThrownBy(() -> StoredValue.open(Bytes.empty()));
        assertThatExceptionOfType(UnsupportedFormatException.class)
                .isThrownBy(() -> StoredValue.open(Bytes.of((byte) 0x21)))
                .withMessageContaining("version of a value's envelope is 2");
        assertThatExceptionOfType(UnsupportedFormatException.class)
                .isThrownBy(() -> StoredValue.open(Bytes.of((byte) 0x1F)));
        assertThatExceptionOfType(MalformedBytesException.class)
                .isThrownBy(() -> StoredValue.open(Bytes.of((byte) 0x10, (byte) 9, (byte) 'a')));
        assertThatExceptionOfType(MalformedBytesException.class)
                .isThrownBy(() -> StoredValue.open(Bytes.of((byte) 0x10, (byte) 1, (byte) 'a')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "json", "application/", "/json", "a/b/c", "a b/c", "a/b\n", "a/b; é"})
    void aMalformedContentTypeIsRefused(String contentType) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoredValue(contentType.isEmpty() ? "" : contentType + "\u0000", Bytes.empty()))
                .withMessageContaining("is no content type");
    }

    @Test
    void malformedContentIsTold() {
        assertThat(StoredValue.json("{").malformation()).isPresent();
        assertThat(StoredValue.json("").malformation()).isPresent();
        assertThat(StoredValue.json("1 2").malformation()).isPresent();
        assertThat(StoredValue.json("null").malformation()).isEmpty();
        assertThat(new StoredValue(StoredValue.TEXT, Bytes.of((byte) 0xFF)).malformation())
                .isPresent();
        assertThat(StoredValue.binary(Bytes.of((byte) 0xFF)).malformation()).isEmpty();
    }
}
