package io.entente.conflict;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Versions to write tests with: written by node {@code n} of a data center at a time of its own. */
final class Siblings {

    static final long START = 1_700_000_000_000L;

    private Siblings() {}

    /** The first write of the {@code node}-th node, whose dots come in the order of these numbers. */
    static Dot dot(String dataCenter, int node) {
        return new Dot(new Origin(dataCenter, dataCenter + "-" + node, START + node, node), 1);
    }

    static <V> Version<V> put(String dataCenter, int node, long millis, V value) {
        return Version.of(dot(dataCenter, node), new HybridTimestamp(millis, 0), value);
    }

    static <V> Version<V> delete(String dataCenter, int node, long millis) {
        return Version.deletion(dot(dataCenter, node), new HybridTimestamp(millis, 0));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the list copies them
    static <V> Conflict<V> conflict(Version<V>... siblings) {
        return Conflict.of("carts", "alice", List.of(siblings));
    }

    /** Hands every order of {@code versions} to {@code each}. */
    static <V> void inEveryOrder(List<Version<V>> versions, Consumer<List<Version<V>>> each) {
        permute(List.of(), versions, each);
    }

    private static <V> void permute(List<Version<V>> head, List<Version<V>> rest, Consumer<List<Version<V>>> each) {
        if (rest.isEmpty()) {
            each.accept(head);
        }
        for (Version<V> next : rest) {
            List<Version<V>> longer = new ArrayList<>(head);
            longer.add(next);
            List<Version<V>> shorter = new ArrayList<>(rest);
            shorter.remove(next);
            permute(longer, shorter, each);
        }
    }
}
