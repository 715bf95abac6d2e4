package io.entente.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for the keys of mergeable values' rows, whatever bytes are in keys and parts. */
class PartKeysTest {

    private static final int TRIES = 20_000;
    private static final Origin ORIGIN = new Origin("eu", "eu-1", 1, 2);

    private final PartKeys keys = new PartKeys(3);
    private final OriginCodec origins = new OriginCodec(new OriginPool());

    @Test
    void namesComeBackAsTheyWere() {
        Samples samples = new Samples(1);
        for (int i = 0; i < TRIES; i++) {
            RecordKey key = samples.key();
            Bytes part = samples.bytes(5);
            int length = keys.rows(key).length();
            Bytes versions = keys.versions(key, part);
            Bytes tally = keys.tally(key, part, ORIGIN);
            assertThat(PartKeys.valueOf(versions)).isEqualTo(key);
            assertThat(PartKeys.partOfVersions(versions, length)).isEqualTo(part);
            assertThat(PartKeys.partOfVersions(tally, length)).isNull();
            assertThat(PartKeys.partOfTally(tally, length)).isEqualTo(part);
            assertThat(PartKeys.originOf(tally, origins)).isEqualTo(ORIGIN);
            assertThat(PartKeys.rowsLength(tally, keys.inMap(key.map(), "").length()))
                    .isEqualTo(length);
        }
    }

    @Test
    void rowsOfAValueLieTogetherInTheOrderOfKeys() {
        Samples samples = new Samples(2);
        List<RecordKey> values = new ArrayList<>();
        List<Bytes> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            RecordKey key = new RecordKey("m", samples.text());
            for (int part = 0; part < 3; part++) {
                rows.add(keys.versions(key, samples.bytes(3)));
                rows.add(keys.tally(key, samples.bytes(3), ORIGIN));
            }
        }
        rows.sort(Comparator.naturalOrder());
        rows.forEach(row -> values.add(PartKeys.valueOf(row)));
        assertThat(values).isSortedAccordingTo(Comparator.comparing(value -> Bytes.utf8(value.key())));
    }

    @Test
    void aPrefixOfPartsIsAPrefixOfTheirRows() {
        Samples samples = new Samples(3);
        for (int i = 0; i < TRIES; i++) {
            RecordKey key = samples.key();
            Bytes prefix = samples.bytes(2);
            Bytes part = samples.bytes(4);
            boolean begins = part.startsWith(prefix);
            assertThat(keys.versions(key, part).startsWith(keys.versions(key, prefix)))
                    .isEqualTo(begins);
            assertThat(keys.tally(key, part, ORIGIN).startsWith(keys.tallies(key, prefix)))
                    .isEqualTo(begins);
        }
    }

    @Test
    void noRecordIsAPart() {
        Samples samples = new Samples(4);
        StoreKeys records = new StoreKeys(3);
        for (int i = 0; i < TRIES; i++) {
            RecordKey key = samples.key();
            assertThat(PartKeys.isPart(records.record(key))).isFalse();
            assertThat(PartKeys.isPart(keys.versions(key, samples.bytes(3)))).isTrue();
        }
    }
}
