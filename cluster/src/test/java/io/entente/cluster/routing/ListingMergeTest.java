package io.entente.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.routing.Router.Listed;
import io.entente.cluster.routing.Router.Listing;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Pages of several nodes become one. */
class ListingMergeTest {

    @Test
    void pagesOfAnyFormAddUpToAllKeysInOrder() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<TreeSet<String>> sources = new ArrayList<>();
            TreeSet<String> all = new TreeSet<>();
            for (int source = 1 + random.nextInt(4); source > 0; source--) {
                sources.add(new TreeSet<>());
            }
            for (int key = random.nextInt(40); key > 0; key--) {
                String text = "k" + (100 + key);
                all.add(text);
                sources.get(random.nextInt(sources.size())).add(text);
            }
            assertThat(listed(sources, random)).as("seed %d", seed).isEqualTo(new ArrayList<>(all));
        }
    }

    @Test
    void aPageEndsBeforeItsVersionsExceedTheBytesOfOne() {
        List<Listed> records = new ArrayList<>();
        for (String key : List.of("a", "b", "c")) {
            records.add(record(key, 3 << 20));
        }
        Listing page = ListingMerge.of(List.of(new Listing(records, Optional.empty())), 10);
        assertThat(page.records()).extracting(Listed::key).containsExactly("a", "b");
        assertThat(page.next()).contains("b");
    }

    @Test
    void aRecordLargerThanAPageIsAPage() {
        Listing page = ListingMerge.of(
                List.of(new Listing(List.of(record("a", 9 << 20), record("b", 1)), Optional.empty())), 10);
        assertThat(page.records()).extracting(Listed::key).containsExactly("a");
        assertThat(page.next()).contains("a");
    }

    private static List<String> listed(List<TreeSet<String>> sources, Random random) {
        List<String> keys = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            int limit = 1 + random.nextInt(9);
            List<Listing> pages = new ArrayList<>();
            for (TreeSet<String> source : sources) {
                pages.add(page(source, after, 1 + random.nextInt(limit)));
            }
            Listing merged = ListingMerge.of(pages, limit);
            assertThat(merged.records()).hasSizeLessThanOrEqualTo(limit);
            merged.records().forEach(record -> keys.add(record.key()));
            after = merged.next();
        } while (after.isPresent());
        return keys;
    }

    private static Listing page(TreeSet<String> source, Optional<String> after, int limit) {
        TreeSet<String> rest = new TreeSet<>(after.isPresent() ? source.tailSet(after.get(), false) : source);
        List<Listed> records =
                rest.stream().limit(limit).map(key -> record(key, 1)).toList();
        return new Listing(
                records,
                rest.size() > limit
                        ? Optional.of(records.get(records.size() - 1).key())
                        : Optional.empty());
    }

    private static Listed record(String key, int bytes) {
        Dot dot = new Dot(new Origin("eu", "eu-1", 1_000, 42), 1);
        return new Listed(
                key,
                Siblings.of(new Sibling(dot, new HybridTimestamp(1, 0), Payload.value(Bytes.wrap(new byte[bytes])))));
    }
}
