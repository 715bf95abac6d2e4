package io.entente.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Router.ListRequest;
import io.entente.cluster.routing.Router.Listed;
import io.entente.cluster.routing.Router.Listing;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A map's records over all partitions, in one order, page by page. */
class MapListingTest {

    private static final int PARTITIONS = 8;

    private final MemoryStore store = new MemoryStore();
    private final Partitioning partitioning = new Partitioning(PARTITIONS);

    @Test
    void pagesAreInKeyOrderAndMissNothing() {
        List<String> expected = new ArrayList<>();
        for (int i = 100; i < 200; i++) {
            put("m", "k" + i, Payload.value(Bytes.utf8("v")));
            expected.add("k" + i);
        }
        put("l", "k0", Payload.value(Bytes.utf8("other map")));
        put("n", "k0", Payload.value(Bytes.utf8("other map")));
        List<String> listed = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Listing page = list("", after, 7);
            assertThat(page.records()).hasSizeLessThanOrEqualTo(7);
            page.records().forEach(record -> listed.add(record.key()));
            after = page.next();
        } while (after.isPresent());
        assertThat(listed).isEqualTo(expected);
    }

    @Test
    void deletedRecordsAreLeftOut() {
        put("m", "a", Payload.value(Bytes.utf8("v")));
        put("m", "b", Payload.deletion());
        put("m", "c", Payload.value(Bytes.utf8("v")));
        assertThat(list("", Optional.empty(), 2).records())
                .extracting(Listed::key)
                .containsExactly("a", "c");
        assertThat(list("", Optional.empty(), 2).next()).isEmpty();
    }

    @Test
    void aPrefixAndAPlaceToGoOnFrom() {
        for (String key : List.of("a", "b", "b1", "b2", "c")) {
            put("m", key, Payload.value(Bytes.utf8("v")));
        }
        assertThat(list("b", Optional.empty(), 9).records())
                .extracting(Listed::key)
                .containsExactly("b", "b1", "b2");
        assertThat(list("b", Optional.of("b1"), 9).records())
                .extracting(Listed::key)
                .containsExactly("b2");
        assertThat(list("b", Optional.of("a"), 9).records()).hasSize(3);
        assertThat(list("b", Optional.of("c"), 9).records()).isEmpty();
    }

    @Test
    void aPageOfLargeRecordsEndsEarly() {
        Bytes large = Bytes.wrap(new byte[3 << 20]);
        for (int i = 0; i < 5; i++) {
            put("m", "k" + i, Payload.value(large));
        }
        Listing page = list("", Optional.empty(), 5);
        assertThat(page.records()).hasSize(2);
        assertThat(page.next()).contains("k1");
        assertThat(list("", page.next(), 5).records()).extracting(Listed::key).containsExactly("k2", "k3");
    }

    @Test
    void aLimitOutOfRangeIsRefused() {
        assertThatThrownBy(() -> list("", Optional.empty(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> list("", Optional.empty(), 10_001)).isInstanceOf(IllegalArgumentException.class);
    }

    private Listing list(String prefix, Optional<String> after, int limit) {
        return new MapListing(store, Partitions.all(PARTITIONS)).list(new ListRequest("m", prefix, after, limit));
    }

    private void put(String map, String key, Payload payload) {
        Origin origin = new Origin("eu", "eu-1", 1_000, 42);
        Siblings siblings = Siblings.of(new Sibling(new Dot(origin, 1), new HybridTimestamp(1, 0), payload));
        Bytes bytes = new SiblingsCodec(new OriginCodec(new OriginPool())).encode(siblings);
        store.commit(new WriteBatch()
                .put(Table.RECORD, new StoreKeys(partitioning.of(key)).record(new RecordKey(map, key)), bytes));
    }
}
