package io.entente.cluster.routing;

import io.entente.cluster.routing.Router.ListRequest;
import io.entente.cluster.routing.Router.Listed;
import io.entente.cluster.routing.Router.Listing;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.Part;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One page out of the pages of several nodes, each of other partitions. A page says nothing of what comes after its end, so the whole
 * ends no later than the first of them does.
 */
final class ListingMerge {

    private static final Comparator<Listed> IN_KEY_ORDER = Comparator.comparing(record -> Bytes.utf8(record.key()));

    private ListingMerge() {}

    /** One page, as soon as all are there. */
    static CompletionStage<Listing> whenAll(List<CompletionStage<Listing>> pages, int limit) {
        List<CompletableFuture<Listing>> all =
                pages.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> of(all.stream().map(CompletableFuture::join).toList(), limit));
    }

    static Listing of(List<Listing> pages, int limit) {
        Optional<Bytes> end = pages.stream()
                .flatMap(page -> page.next().stream())
                .map(Bytes::utf8)
                .min(Comparator.naturalOrder());
        List<Listed> all = new ArrayList<>();
        pages.forEach(page -> all.addAll(page.records()));
        all.sort(IN_KEY_ORDER);
        List<Listed> records = new ArrayList<>();
        long bytes = 0;
        for (Listed record : all) {
            bytes += bytesOf(record);
            boolean full = records.size() == limit || bytes > ListRequest.PAGE_BYTES;
            boolean beyond = end.isPresent() && Bytes.utf8(record.key()).compareTo(end.get()) > 0;
            if (beyond || (full && !records.isEmpty())) {
                return new Listing(records, Optional.of(lastOf(records, end)));
            }
            records.add(record);
        }
        return new Listing(records, end.map(Bytes::utf8));
    }

    private static String lastOf(List<Listed> records, Optional<Bytes> end) {
        return records.isEmpty()
                ? end.orElseThrow().utf8()
                : records.get(records.size() - 1).key();
    }

    private static long bytesOf(Listed record) {
        long bytes = 0;
        for (Sibling version : record.siblings().versions()) {
            bytes += version.payload() instanceof Payload.Value value
                    ? value.content().length()
                    : 0;
        }
        for (Part part : record.parts().orElse(List.of())) {
            bytes += part.name().length();
            for (Sibling version : part.versions().versions()) {
                bytes += version.payload().length();
            }
        }
        return bytes;
    }
}
