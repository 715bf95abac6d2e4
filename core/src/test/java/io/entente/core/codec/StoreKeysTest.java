package io.entente.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The order of bytes is the order that scans rely on. */
class StoreKeysTest {

    private static final StoreKeys KEYS = new StoreKeys(7);

    @Test
    void theKeysOfAMapLieTogetherInTheOrderOfTheirText() {
        Map<Bytes, RecordKey> stored = new TreeMap<>();
        Samples samples = new Samples(1);
        for (int i = 0; i < 2_000; i++) {
            RecordKey key = samples.key();
            stored.put(KEYS.record(key), key);
        }
        List<String> maps = new ArrayList<>();
        RecordKey before = new RecordKey("", "");
        for (RecordKey key : stored.values()) {
            if (maps.isEmpty() || !key.map().equals(before.map())) {
                assertThat(maps).doesNotContain(key.map());
                maps.add(key.map());
            } else {
                assertThat(Bytes.utf8(before.key())).isLessThan(Bytes.utf8(key.key()));
            }
            before = key;
        }
    }

    @Test
    void aMapsRangeHoldsAllItsKeysAndNoOthers() {
        Samples samples = new Samples(2);
        for (int i = 0; i < 5_000; i++) {
            RecordKey key = samples.key();
            String map = i % 2 == 0 ? key.map() : samples.text();
            Bytes stored = KEYS.record(key);
            boolean inRange = stored.compareTo(KEYS.inMap(map, "")) >= 0 && stored.compareTo(KEYS.afterMap(map)) < 0;
            assertThat(inRange).as(key + " in " + map).isEqualTo(key.map().equals(map));
            assertThat(StoreKeys.recordOf(stored)).isEqualTo(key);
        }
    }

    @Test
    void theEntriesOfAnOriginLieTogetherInTheOrderOfTheirSequences() {
        Samples samples = new Samples(3);
        for (int i = 0; i < 1_000; i++) {
            Origin origin = samples.origin();
            Origin other = samples.origin();
            Bytes end = KEYS.afterEntries(origin);
            assertThat(KEYS.entry(origin, 1)).isLessThan(KEYS.entry(origin, 255));
            assertThat(KEYS.entry(origin, 255)).isLessThan(KEYS.entry(origin, 256));
            assertThat(KEYS.entry(origin, Long.MAX_VALUE)).isLessThan(end);
            boolean otherIsInside = KEYS.entry(other, 9).compareTo(KEYS.entry(origin, 0)) >= 0
                    && KEYS.entry(other, 9).compareTo(end) < 0;
            assertThat(otherIsInside).isFalse();
            assertThat(StoreKeys.sequenceOf(KEYS.entry(origin, i + 1))).isEqualTo(i + 1);
            assertThat(StoreKeys.sequenceOf(KEYS.purgeable(origin, i + 1))).isEqualTo(i + 1);
        }
    }

    @Test
    void aPartitionsRangeHoldsItsKeysAndNoOtherPartitions() {
        Origin origin = new Samples(4).origin();
        for (int partition : new int[] {0, 1, 0xFE, 0xFF, 0x100, 0xFFFF}) {
            StoreKeys keys = new StoreKeys(partition);
            for (int other : new int[] {0, 1, 0xFE, 0xFF, 0x100, 0xFFFF}) {
                Bytes stored = new StoreKeys(other).vector(origin);
                boolean inRange = stored.compareTo(keys.first()) >= 0 && stored.compareTo(keys.last()) < 0;
                assertThat(inRange).as(other + " in " + partition).isEqualTo(other == partition);
            }
        }
        assertThatThrownBy(() -> new StoreKeys(0x1_0000)).hasMessageContaining("65536");
    }

    @Test
    void theSuccessorComesAfterAllThatBeginLikeIt() {
        assertThat(StoreKeys.successor(Bytes.of((byte) 1, (byte) 2))).isEqualTo(Bytes.of((byte) 1, (byte) 3));
        assertThat(StoreKeys.successor(Bytes.of((byte) 1, (byte) 0xFF))).isEqualTo(Bytes.of((byte) 2));
        assertThatThrownBy(() -> StoreKeys.successor(Bytes.of((byte) 0xFF)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
