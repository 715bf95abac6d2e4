package io.entente.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.message.EncodedEntry;
import io.entente.core.message.Entry;
import io.entente.core.message.PeerMessage;
import io.entente.core.record.PartRow;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import org.junit.jupiter.api.Test;

/** What holds for all bytes of entries, records and messages, on thousands of random ones. */
class CodecLawsTest {

    private static final int TRIES = 20_000;

    private final OriginCodec origins = new OriginCodec(new OriginPool());
    private final EntryCodec entries = new EntryCodec(origins);
    private final SiblingsCodec siblings = new SiblingsCodec(origins);
    private final PeerMessageCodec messages = new PeerMessageCodec(origins);

    @Test
    void anEntryComesBackAsItWas() {
        Samples samples = new Samples(1);
        for (int i = 0; i < TRIES; i++) {
            Entry entry = samples.entry();
            Bytes encoded = entries.encode(entry).encoded();
            EncodedEntry decoded =
                    entries.decode(entry.dot().origin(), entry.dot().sequence(), encoded);
            assertThat(decoded).isEqualTo(new EncodedEntry(entry, encoded));
        }
    }

    @Test
    void anEntryUnderAnotherOnesNameIsFoundOut() {
        Samples samples = new Samples(2);
        for (int i = 0; i < TRIES / 10; i++) {
            Entry entry = samples.entry();
            Bytes encoded = entries.encode(entry).encoded();
            Origin own = entry.dot().origin();
            long sequence = entry.dot().sequence();
            assertThatThrownBy(() -> entries.decode(own, sequence == 1 ? 2 : sequence - 1, encoded))
                    .isInstanceOf(MalformedBytesException.class);
            assertThatThrownBy(() -> entries.decode(samples.origin(), sequence, encoded))
                    .isInstanceOf(MalformedBytesException.class);
        }
    }

    @Test
    void noSingleFlippedBitOfAnEntryGoesUnnoticed() {
        Samples samples = new Samples(3);
        for (int i = 0; i < 100; i++) {
            Entry entry = samples.entry();
            byte[] encoded = entries.encode(entry).encoded().toArray();
            for (int bit = 0; bit < 8 * encoded.length; bit++) {
                byte[] flipped = encoded.clone();
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                assertThatDecodingIsRefused(entry, Bytes.wrap(flipped));
            }
        }
    }

    private void assertThatDecodingIsRefused(Entry entry, Bytes encoded) {
        assertThatThrownBy(
                        () -> entries.decode(entry.dot().origin(), entry.dot().sequence(), encoded))
                .isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void anIntactEntryOfAnotherFormatIsToldFromADamagedOne() {
        Entry entry = new Samples(8).entry();
        byte[] other = entries.encode(entry).encoded().toArray();
        other[0] = 3;
        Origin origin = entry.dot().origin();
        long sequence = entry.dot().sequence();
        Bytes intact = Tampering.certified(origin, sequence, Bytes.wrap(other));
        assertThatThrownBy(() -> entries.decode(origin, sequence, intact))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("format of a log entry is 3");
    }

    @Test
    void damagedEntriesAreRefusedEvenUnderARightChecksum() {
        Samples samples = new Samples(4);
        for (int i = 0; i < TRIES; i++) {
            Entry entry = samples.entry();
            Origin origin = entry.dot().origin();
            long sequence = entry.dot().sequence();
            Bytes damaged = samples.damaged(entries.encode(entry).encoded());
            Bytes certified = damaged.length() < 5 ? damaged : Tampering.certified(origin, sequence, damaged);
            decodesOrRefuses(() -> entries.decode(origin, sequence, certified));
        }
    }

    @Test
    void siblingsComeBackAsTheyWereAndEqualOnesHaveEqualBytes() {
        Samples samples = new Samples(5);
        for (int i = 0; i < TRIES; i++) {
            Siblings record = samples.siblings();
            Bytes encoded = siblings.encode(record);
            assertThat(siblings.decode(encoded)).isEqualTo(record);
            assertThat(siblings.encode(siblings.decode(encoded))).isEqualTo(encoded);
            decodesOrRefuses(() -> siblings.decode(samples.damaged(encoded)));
        }
    }

    @Test
    void rowsOfMergeableValuesComeBackAsTheyWereAndEqualOnesHaveEqualBytes() {
        Samples samples = new Samples(9);
        PartRowCodec rows = new PartRowCodec(origins);
        for (int i = 0; i < TRIES; i++) {
            PartRow row = samples.row();
            Bytes encoded = rows.encode(row);
            assertThat(rows.decode(encoded)).isEqualTo(row);
            assertThat(rows.encode(rows.decode(encoded))).isEqualTo(encoded);
            decodesOrRefuses(() -> rows.decode(samples.damaged(encoded)));
        }
    }

    @Test
    void messagesComeBackAsTheyWereAndDamagedOnesAreRefusedOrOthers() {
        Samples samples = new Samples(6);
        for (int i = 0; i < TRIES; i++) {
            PeerMessage message = samples.message();
            Bytes encoded = PeerMessageCodec.encode(message);
            assertThat(messages.decode(encoded)).isEqualTo(message);
            decodesOrRefuses(() -> messages.decode(samples.damaged(encoded)));
        }
    }

    @Test
    void namesOfRecordsComeBackAsTheyWere() {
        Samples samples = new Samples(7);
        for (int i = 0; i < TRIES; i++) {
            RecordKey key = samples.key();
            Bytes encoded = RecordKeyCodec.encode(key);
            assertThat(RecordKeyCodec.decode(encoded)).isEqualTo(key);
            decodesOrRefuses(() -> RecordKeyCodec.decode(samples.damaged(encoded)));
        }
    }

    /** Whatever the bytes are: a value, or one of the two exceptions that say so. */
    private static void decodesOrRefuses(Runnable decoding) {
        try {
            decoding.run();
        } catch (MalformedBytesException | UnsupportedFormatException refused) {
            assertThat(refused).hasMessageMatching("(?s).{10,}");
        }
    }
}
