package io.entente.core.store.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.core.bytes.Bytes;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The files "identity" and "high-water": what is written is read, what is damaged is known as such. */
class DirectoryFormatTest {

    private static final ExpectedIdentity OWNER = new ExpectedIdentity("eu-1", "eu", 8);

    @Test
    void anIdentityComesBack() {
        Identity first = Identity.of(OWNER);
        Identity full = first.inCluster("c-1").asMember().inDoubt("the log = was cut");

        assertThat(Identity.decoded(first.encoded().utf8())).isEqualTo(first);
        assertThat(Identity.decoded(full.encoded().utf8())).isEqualTo(full);
        assertThat(full.withoutDoubt().doubt()).isEmpty();
    }

    @Test
    void anIdentityWithAnyByteChangedIsRefused() {
        Bytes encoded = Identity.of(OWNER).encoded();
        for (int i = 0; i < encoded.length(); i++) {
            byte[] damaged = encoded.toArray();
            damaged[i] ^= 1;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Identity.decoded(Bytes.wrap(damaged).utf8()))
                    .withMessageMatching("(?s).*(damaged|format).*");
        }
    }

    @Test
    void aTruncatedIdentityIsRefused() {
        String encoded = Identity.of(OWNER).encoded().utf8();
        for (int length = 0; length < encoded.length() - 1; length++) {
            String truncated = encoded.substring(0, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Identity.decoded(truncated));
        }
    }

    @Test
    void aLaterFormatIsNamedEvenIfItsChecksumIsAnother() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.decoded("format=2\nwhatever\n"))
                .withMessageContaining("format 2")
                .withMessageContaining("format 1");
    }

    @Test
    void namesAreOneLine() {
        for (String bad : new String[] {"", " ", "a\nb", " a", "a\u0000"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ExpectedIdentity(bad, "eu", 8));
            assertThatIllegalArgumentException().isThrownBy(() -> new ExpectedIdentity("eu-1", bad, 8));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new ExpectedIdentity("eu-1", "eu", 0));
    }

    @Test
    void aHighWaterRecordComesBackAndHasOneSize() {
        for (String boot : new String[] {"", "0a9b6a4e-3bb4-4f7f-8c58-0d8ad3f5a0cc"}) {
            for (long head : new long[] {0, 1, Long.MAX_VALUE}) {
                HighWater record = new HighWater(head, head == 1, boot);
                assertThat(record.encoded().length()).isEqualTo(HighWater.BYTES);
                assertThat(HighWater.decoded(record.encoded())).contains(record);
            }
        }
    }

    @Test
    void aHighWaterRecordWithAnyBitFlippedIsNone() {
        HighWater record = new HighWater(300, true, "0a9b6a4e-3bb4-4f7f-8c58-0d8ad3f5a0cc");
        for (int bit = 0; bit < HighWater.BYTES * 8; bit++) {
            byte[] damaged = record.encoded().toArray();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Optional<HighWater> decoded = HighWater.decoded(Bytes.wrap(damaged));
            // A bit of the padding means nothing.
            assertThat(decoded.isEmpty() || decoded.get().equals(record)).isTrue();
        }
    }

    @Test
    void garbageIsNoHighWaterRecord() {
        Random random = new Random(1);
        for (int round = 0; round < 10_000; round++) {
            byte[] garbage = new byte[random.nextInt(100)];
            random.nextBytes(garbage);
            assertThat(HighWater.decoded(Bytes.wrap(garbage))).isEmpty();
        }
    }
}
