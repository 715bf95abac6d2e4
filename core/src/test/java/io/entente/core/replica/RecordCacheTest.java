package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordCacheTest {

    @Test
    void whatIsKnownIsWhatWasPutLast() {
        RecordCache cache = new RecordCache(1 << 20);
        Map<Bytes, Bytes> model = new HashMap<>();
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            Bytes key = Bytes.utf8("k" + random.nextInt(1_000));
            Bytes record = Bytes.utf8("r".repeat(random.nextInt(40)) + i);
            cache.put(key, record);
            model.put(key, record);
        }
        model.forEach((key, record) -> assertThat(read(cache, key)).isEqualTo(record));
    }

    @Test
    void anAbsentRecordIsKnownToBeAbsent() {
        RecordCache cache = new RecordCache(1 << 20);
        Bytes key = Bytes.utf8("gone");

        assertThat(cache.get(key)).isNull();
        cache.put(key, Bytes.empty());

        assertThat(read(cache, key)).isEqualTo(Bytes.empty());
    }

    @Test
    void aKeyIsNotTakenForTheBeginningOfAnother() {
        RecordCache cache = new RecordCache(1 << 20);
        cache.put(Bytes.utf8("a"), Bytes.utf8("bc"));
        cache.put(Bytes.utf8("ab"), Bytes.utf8("c"));

        assertThat(read(cache, Bytes.utf8("a"))).isEqualTo(Bytes.utf8("bc"));
        assertThat(read(cache, Bytes.utf8("ab"))).isEqualTo(Bytes.utf8("c"));
        assertThat(cache.get(Bytes.utf8("abc"))).isNull();
    }

    @Test
    void keysWithTheSameHashAreToldApart() {
        RecordCache cache = new RecordCache(1 << 20);
        Bytes one = Bytes.of((byte) 1, (byte) 0);
        Bytes other = Bytes.of((byte) 0, (byte) 31);
        assertThat(one.hashCode()).isEqualTo(other.hashCode());

        cache.put(one, Bytes.utf8("one"));
        assertThat(cache.get(other)).isNull();
        cache.put(other, Bytes.utf8("other"));

        assertThat(read(cache, one)).isEqualTo(Bytes.utf8("one"));
        assertThat(read(cache, other)).isEqualTo(Bytes.utf8("other"));
    }

    @Test
    void whatIsUsedOutlivesWhatIsNotAndTheRestIsForgotten() {
        RecordCache cache = new RecordCache(16 << 10);
        Bytes used = Bytes.utf8("used");
        cache.put(used, Bytes.utf8("still here"));
        for (int i = 0; i < 10_000; i++) {
            cache.put(Bytes.utf8("filler" + i), Bytes.utf8("x".repeat(50)));
            assertThat(read(cache, used)).isEqualTo(Bytes.utf8("still here"));
        }

        long known = 0;
        for (int i = 0; i < 10_000; i++) {
            known += cache.get(Bytes.utf8("filler" + i)) == null ? 0 : 1;
        }
        assertThat(known).isBetween(1L, (16L << 10) / 50);
    }

    private static Bytes read(RecordCache cache, Bytes key) {
        ByteReader found = cache.get(key);
        assertThat(found).as("the record of %s", key).isNotNull();
        return found.rest();
    }
}
