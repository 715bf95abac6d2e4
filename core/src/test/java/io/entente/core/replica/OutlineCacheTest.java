package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.replica.Outline.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineCacheTest {

    private static final Origin EU = new Origin("eu", "eu-1", 1_000, 1);
    private static final Origin US = new Origin("us", "us-1", 2_000, 2);

    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 200 << 10, 16 << 10, 1 << 10, 64})
    void whatIsKnownIsWhatWasPutLastHoweverLittleFits(int limit) {
        OutlineCache cache = new OutlineCache(limit, 7);
        Map<Bytes, Outline> model = new HashMap<>();
        Random random = new Random(42);
        for (int i = 0; i < 200_000; i++) {
            Bytes key = Bytes.utf8("k".repeat(1 + random.nextInt(4)) + random.nextInt(2_000));
            if (random.nextInt(3) > 0) {
                Outline outline = outline(random);
                cache.put(key, outline);
                model.put(key, outline);
            } else {
                Outline known = cache.get(key);
                assertThat(known == null || known.equals(model.get(key)))
                        .as("step %s: %s is known as %s and was put as %s", i, key, known, model.get(key))
                        .isTrue();
            }
        }
    }

    @Test
    void anAbsentRecordIsKnownToBeAbsent() {
        OutlineCache cache = new OutlineCache(1 << 20, 7);
        Bytes key = Bytes.utf8("gone");

        assertThat(cache.get(key)).isNull();
        cache.put(key, new Outline(List.of(), false));

        assertThat(cache.get(key)).isEqualTo(new Outline(List.of(), false));
    }

    @Test
    void aKeyIsNotTakenForTheBeginningOfAnother() {
        OutlineCache cache = new OutlineCache(1 << 20, 7);
        cache.put(Bytes.utf8("a"), one(EU, 1));
        cache.put(Bytes.utf8("ab"), one(EU, 2));

        assertThat(cache.get(Bytes.utf8("a"))).isEqualTo(one(EU, 1));
        assertThat(cache.get(Bytes.utf8("ab"))).isEqualTo(one(EU, 2));
        assertThat(cache.get(Bytes.utf8("abc"))).isNull();
        assertThat(cache.get(Bytes.empty())).isNull();
    }

    @Test
    void theOldestIsForgottenFirst() {
        OutlineCache cache = new OutlineCache(64 << 10, 7);
        int written = 10_000;
        for (int i = 0; i < written; i++) {
            cache.put(key(i), one(EU, i + 1));
        }

        int oldestKnown = 0;
        while (cache.get(key(oldestKnown)) == null) {
            oldestKnown++;
        }
        assertThat(written - oldestKnown).isBetween((64 << 10) / 60, (64 << 10) / 30);
        for (int i = oldestKnown; i < written; i++) {
            assertThat(cache.get(key(i))).isEqualTo(one(EU, i + 1));
        }
    }

    @Test
    void aRecordThatIsWrittenAgainTakesNoMoreRoom() {
        OutlineCache cache = new OutlineCache(64 << 10, 7);
        int keys = 1_000;
        for (int i = 0; i < 100 * keys; i++) {
            cache.put(key(i % keys), one(i % 2 == 0 ? EU : US, i + 1));
        }
        for (int i = 0; i < keys; i++) {
            assertThat(cache.get(key(i))).isNotNull();
        }
    }

    @Test
    void whatIsTooLargeToBeKeptIsNotKnownAsItWasBefore() {
        OutlineCache cache = new OutlineCache(1 << 20, 7);
        List<Mark> many = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            many.add(mark(EU, i, false));
        }
        cache.put(key(1), one(EU, 1));
        cache.put(key(1), new Outline(many, false));

        assertThat(cache.get(key(1))).isNull();
    }

    @Test
    void whatIsForgottenIsNotKnownAndCanBePutAgain() {
        OutlineCache cache = new OutlineCache(1 << 20, 7);
        cache.put(key(1), one(EU, 1));
        cache.put(key(2), one(EU, 2));

        cache.forget(key(1));
        cache.forget(key(3));

        assertThat(cache.get(key(1))).isNull();
        assertThat(cache.get(key(2))).isEqualTo(one(EU, 2));
        cache.put(key(1), one(US, 3));
        assertThat(cache.get(key(1))).isEqualTo(one(US, 3));
    }

    private static Outline outline(Random random) {
        List<Mark> marks = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            marks.add(
                    mark(random.nextBoolean() ? EU : US, 1L + random.nextInt(Integer.MAX_VALUE), random.nextBoolean()));
        }
        return new Outline(marks, !marks.isEmpty() && random.nextBoolean());
    }

    private static Outline one(Origin origin, long sequence) {
        return new Outline(List.of(mark(origin, sequence, false)), false);
    }

    private static Mark mark(Origin origin, long sequence, boolean tombstone) {
        return new Mark(new Dot(origin, sequence), HybridTimestamp.of(sequence << 16), tombstone, sequence % 2 == 0);
    }

    private static Bytes key(int number) {
        return Bytes.utf8("key" + number);
    }
}
