package io.entente.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of {@link ByteWriter} and {@link ByteReader} together. */
class ByteFormatTest {

    /** Every kind of read, for garbage to be thrown at. */
    private static final List<Consumer<ByteReader>> READS = List.of(
            ByteReader::u8,
            ByteReader::u16,
            ByteReader::u32,
            ByteReader::i64,
            ByteReader::varint,
            reader -> reader.varint(1000),
            reader -> reader.count(3),
            ByteReader::bytes,
            reader -> reader.raw(5),
            ByteReader::string,
            reader -> reader.expectCrc32cSince(0),
            ByteReader::expectEnd);

    @Test
    void whatIsWrittenIsRead() {
        Bytes written = new ByteWriter(0)
                .u8(255)
                .u16(65_535)
                .u32(4_294_967_295L)
                .i64(Long.MIN_VALUE)
                .varint(300)
                .bytes(Bytes.utf8("bytes"))
                .raw(Bytes.utf8("raw"))
                .string("schön 🙂")
                .crc32cSince(0)
                .toBytes();

        ByteReader reader = new ByteReader(written);
        assertThat(reader.u8()).isEqualTo(255);
        assertThat(reader.u16()).isEqualTo(65_535);
        assertThat(reader.u32()).isEqualTo(4_294_967_295L);
        assertThat(reader.i64()).isEqualTo(Long.MIN_VALUE);
        assertThat(reader.varint()).isEqualTo(300);
        assertThat(reader.bytes()).isEqualTo(Bytes.utf8("bytes"));
        assertThat(reader.raw(3)).isEqualTo(Bytes.utf8("raw"));
        assertThat(reader.string()).isEqualTo("schön 🙂");
        reader.expectCrc32cSince(0);
        reader.expectEnd();
        assertThat(reader.position()).isEqualTo(written.length());
    }

    @Test
    void fixedNumbersAreBigEndian() {
        assertThat(new ByteWriter()
                        .u16(0x0102)
                        .u32(0x03040506)
                        .i64(0x0708090A0B0C0D0EL)
                        .toBytes()
                        .toArray())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void aVarintComesBackInAsFewBytesAsItNeeds(long value) {
        Bytes written = new ByteWriter().varint(value).toBytes();
        int bits = 64 - Long.numberOfLeadingZeros(value);

        assertThat(new ByteReader(written).varint()).isEqualTo(value);
        assertThat(written.length()).isEqualTo(Math.max(1, (bits + 6) / 7));
    }

    @Test
    void aNumberHasOneForm() {
        refused(bytes(0x80, 0x00), ByteReader::varint, "longer than it has to be");
        refused(
                bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02),
                ByteReader::varint,
                "exceeds 64 bits");
        refused(
                bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x81, 0x01),
                ByteReader::varint,
                "within ten bytes");
        refused(bytes(0x80), ByteReader::varint, "0 bytes remain");
    }

    @Test
    void numbersOutsideTheirWidthAreRefused() {
        ByteWriter writer = new ByteWriter();

        assertThatIllegalArgumentException().isThrownBy(() -> writer.u8(256));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.u8(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.u16(65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.u32(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.u32(1L << 32));
        assertThat(writer.position()).isZero();
    }

    @Test
    void aPatchReplacesFourBytesWrittenBefore() {
        ByteWriter writer = new ByteWriter().u8(1).u32(0).u8(2);
        writer.patchU32(1, 0xFFFF_FFFFL);

        assertThat(writer.toBytes()).isEqualTo(bytes(1, 255, 255, 255, 255, 2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> writer.patchU32(3, 0));
    }

    @Test
    void aWriterIsUsedAgain() {
        ByteWriter writer = new ByteWriter().string("before");
        Bytes before = writer.toBytes();
        writer.reset().u8(7);

        assertThat(writer.toBytes()).isEqualTo(bytes(7));
        assertThat(before).isEqualTo(new ByteWriter().string("before").toBytes());
    }

    @Test
    void theChecksumIsCrc32c() {
        // The check value of RFC 3720's polynomial for the digits 1 to 9.
        assertThat(new ByteWriter().u8(0).raw(Bytes.utf8("123456789")).crc32c(1))
                .isEqualTo(0xE3069283L);
    }

    @Test
    void everyFlippedBitIsFoundByTheChecksum() {
        byte[] written =
                new ByteWriter().string("entente").crc32cSince(0).toBytes().toArray();
        for (int bit = 0; bit < written.length * 8; bit++) {
            byte[] flipped = written.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatExceptionOfType(MalformedBytesException.class).isThrownBy(() -> {
                ByteReader reader = new ByteReader(flipped);
                reader.raw(flipped.length - 4);
                reader.expectCrc32cSince(0);
            });
        }
    }

    @Test
    void aLengthIsComparedWithWhatRemainsBeforeItIsAllocated() {
        Bytes twoGigabytes = new ByteWriter().varint(Integer.MAX_VALUE).u8(1).toBytes();
        Bytes beyondLong = new ByteWriter().varint(-1).u8(1).toBytes();

        refused(twoGigabytes, ByteReader::bytes, "length is 2147483647 and 1 bytes remain");
        refused(twoGigabytes, ByteReader::string, "a length-prefixed text");
        refused(twoGigabytes, reader -> reader.count(1), "2147483647 elements");
        refused(beyondLong, ByteReader::bytes, "18446744073709551615");
        refused(beyondLong, reader -> reader.count(1), "18446744073709551615");
        refused(beyondLong, reader -> reader.varint(7), "at most 7");
        refused(bytes(1, 2), reader -> reader.raw(Integer.MAX_VALUE), "only 2 bytes remain");
    }

    @Test
    void aCountIsBoundedByWhatItsElementsNeed() {
        assertThat(new ByteReader(bytes(2, 0, 0, 0, 0)).count(2)).isEqualTo(2);
        refused(bytes(2, 0, 0, 0), reader -> reader.count(2), "expected 2 elements of at least 2 bytes at offset 0");
    }

    @Test
    void aTextThatIsNotUtf8IsRefused() {
        refused(bytes(2, 0xC3, 0x28), ByteReader::string, "not UTF-8");
        refused(bytes(3, 0xED, 0xA0, 0x80), ByteReader::string, "not UTF-8");
    }

    @Test
    void aRangeIsReadAndNothingAroundIt() {
        ByteReader reader = new ByteReader(new byte[] {9, 9, 1, 2, 9}, 2, 2);

        assertThat(reader.u8()).isEqualTo(1);
        assertThat(reader.position()).isEqualTo(1);
        assertThat(reader.remaining()).isEqualTo(1);
        assertThat(reader.rest()).isEqualTo(bytes(2));
        reader.expectEnd();
        assertThatExceptionOfType(MalformedBytesException.class).isThrownBy(reader::u8);
    }

    @Test
    void aRemainderIsNamed() {
        refused(bytes(1, 2), ByteReader::expectEnd, "expected the end at offset 0, but 2 bytes remain");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void garbageGivesAValueOrMalformedBytesAndNothingElse(long seed) {
        Random random = new Random(Long.getLong("seed", seed));
        for (int round = 0; round < 20_000; round++) {
            byte[] garbage = new byte[random.nextInt(40)];
            random.nextBytes(garbage);
            ByteReader reader = new ByteReader(garbage);
            try {
                for (int reads = 0; reads < 8; reads++) {
                    READS.get(random.nextInt(READS.size())).accept(reader);
                    assertThat(reader.position() + reader.remaining()).isEqualTo(garbage.length);
                }
            } catch (MalformedBytesException expected) {
                assertThat(expected).hasMessageContaining("offset");
            }
        }
    }

    private static void refused(Bytes bytes, Consumer<ByteReader> read, String reason) {
        assertThatExceptionOfType(MalformedBytesException.class)
                .isThrownBy(() -> read.accept(new ByteReader(bytes)))
                .withMessageContaining(reason);
    }

    private static Bytes bytes(int... unsigned) {
        byte[] bytes = new byte[unsigned.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) unsigned[i];
        }
        return Bytes.wrap(bytes);
    }

    @Test
    void whatIsTakenIsWhatWasWrittenWhetherItFillsTheCapacityOrNot() {
        for (int capacity : new int[] {0, 5, 6, 7, 100}) {
            ByteWriter out = new ByteWriter(capacity);
            assertThat(out.raw(new byte[] {1, 2, 3, 4, 5, 6}).take())
                    .isEqualTo(Bytes.of(new byte[] {1, 2, 3, 4, 5, 6}));
            assertThat(out.u8(7).take()).isEqualTo(Bytes.of((byte) 7));
        }
    }

    @Test
    void aNumberTakesAsManyBytesAsItIsSaidTo() {
        for (long value : new long[] {0, 1, 127, 128, 16_383, 16_384, Long.MAX_VALUE, -1}) {
            assertThat(ByteWriter.varintLength(value))
                    .isEqualTo(new ByteWriter().varint(value).position());
        }
    }

    @Test
    void aTextIsUtf8WhetherItIsAsciiOrNot() {
        for (String text :
                new String[] {"", "plain", "gr\u00fcn", "a\ud83d\ude00", "x".repeat(200), "x".repeat(120) + "\u20ac"}) {
            Bytes written = new ByteWriter(0).string(text).toBytes();
            assertThat(new ByteReader(written).string()).isEqualTo(text);
            assertThat(written.length())
                    .isEqualTo(new ByteWriter().bytes(Bytes.utf8(text)).position());
        }
    }
}
