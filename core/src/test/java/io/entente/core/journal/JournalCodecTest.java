package io.entente.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bytes of journaled conflicts. A change of those shown here is a change of format. */
class JournalCodecTest {

    private static final Origin EU = new Origin("eu", "eu-1", 0x0102_0304_0506L, 0x1112_1314_1516_1718L);
    private static final Origin US = new Origin("us", "us-1", 0x0203_0405_0607L, 0x2122_2324_2526_2728L);
    private static final HybridTimestamp TIME = new HybridTimestamp(0x0A0B_0C0D_0E0FL, 0x0102);

    private final JournalCodec codec = new JournalCodec(new OriginCodec(new OriginPool()));

    @Test
    void aConflict() {
        JournaledConflict conflict = new JournaledConflict(
                7,
                new ConflictId(0x3132, 0x3334),
                new RecordKey("map", "k\u00FC"),
                List.of(
                        JournaledVersion.whole(new Sibling(new Dot(EU, 5), TIME, Payload.value(Bytes.utf8("v")))),
                        JournaledVersion.whole(new Sibling(new Dot(EU, 6), TIME, Payload.deletion())),
                        JournaledVersion.measured(
                                new Sibling(new Dot(US, 300), TIME, Payload.value(Bytes.utf8("large"))))),
                List.of(JournaledVersion.whole(new Sibling(new Dot(EU, 4), TIME, Payload.deletion()))),
                Optional.of(new ConflictId(0x3536, 0x3738)),
                0x4142);
        Bytes encoded = codec.encode(conflict);
        assertThat(HexFormat.of().formatHex(encoded.unsafeArray()))
                .isEqualTo("02036d6170036bc3bc000000000000414200000000000031320000000000003334010000000000003536"
                        + "000000000000373803000001020304050611121314151617180265750465752d31050a0b0c0d0e0f0102"
                        + "000176000001020304050611121314151617180265750465752d31060a0b0c0d0e0f0102010000020304"
                        + "05060721222324252627280275730475732d31ac020a0b0c0d0e0f010202050100000102030405061112"
                        + "1314151617180265750465752d31040a0b0c0d0e0f010201");
        assertThat(codec.decode(7, encoded)).isEqualTo(conflict);
        byte[] written = encoded.toArray();
        written[0] = 1;
        assertThat(codec.decode(7, Bytes.wrap(written)))
                .as("as the first format has it")
                .isEqualTo(conflict);
    }

    @Test
    void howFullAJournalIs() {
        JournalState state = new JournalState(3, 300, 5, 1_000, 4);
        assertThat(HexFormat.of().formatHex(state.encode().unsafeArray())).isEqualTo("0103ac0205e80704");
        assertThat(JournalState.decode(state.encode())).isEqualTo(state);
    }

    @Test
    void whereTheConflictsOfAKeyAre() {
        List<Kept> list = List.of(new Kept(5, 300), new Kept(1_000, 1));
        assertThat(HexFormat.of().formatHex(Kept.encode(list).unsafeArray())).isEqualTo("010205ac02e80701");
        assertThat(Kept.decode(Kept.encode(list))).isEqualTo(list);
    }

    @Test
    void whateverTheBytesAreTheyAreReadOrRefused() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            JournaledConflict conflict = any(random);
            Bytes encoded = codec.encode(conflict);
            assertThat(codec.decode(conflict.position(), encoded)).isEqualTo(conflict);
            byte[] damaged = encoded.toArray();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            Bytes cut = Bytes.wrap(damaged).slice(0, random.nextInt(damaged.length / 2, damaged.length + 1));
            try {
                codec.decode(1, cut);
            } catch (MalformedBytesException | UnsupportedFormatException refused) {
                assertThat(refused).hasMessageMatching("(?s).{10,}");
            }
        }
    }

    @Test
    void anotherFormatIsRefusedByItsNumber() {
        byte[] other = codec.encode(any(new SplittableRandom(2))).toArray();
        other[0] = 9;
        assertThatThrownBy(() -> codec.decode(1, Bytes.wrap(other)))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("9");
    }

    private static JournaledConflict any(SplittableRandom random) {
        return new JournaledConflict(
                random.nextLong(1, Long.MAX_VALUE),
                new ConflictId(random.nextLong(), random.nextLong()),
                new RecordKey("m" + random.nextInt(10), "k".repeat(random.nextInt(20))),
                versions(random, random.nextInt(2, 5)),
                versions(random, random.nextInt(4)),
                random.nextBoolean()
                        ? Optional.of(new ConflictId(random.nextLong(), random.nextLong()))
                        : Optional.empty(),
                random.nextLong());
    }

    private static List<JournaledVersion> versions(SplittableRandom random, int count) {
        List<JournaledVersion> versions = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            versions.add(version(random));
        }
        return versions;
    }

    private static JournaledVersion version(SplittableRandom random) {
        Payload payload =
                random.nextInt(3) == 0 ? Payload.deletion() : Payload.value(Bytes.utf8("x".repeat(random.nextInt(30))));
        Dot dot = new Dot(random.nextBoolean() ? EU : US, random.nextLong(1, 1_000));
        Sibling sibling = new Sibling(dot, HybridTimestamp.of(random.nextLong()), payload);
        return random.nextBoolean() ? JournaledVersion.whole(sibling) : JournaledVersion.measured(sibling);
    }
}
