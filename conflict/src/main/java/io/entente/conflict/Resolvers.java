package io.entente.conflict;

import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The resolvers that come with Entente.
 *
 * <p>All are immutable, thread-safe and deterministic as far as the functions handed in are. Those that take a
 * function cannot tell nodes apart that were given different ones: wrap them with {@link #named}, and raise the
 * version when the function's results change.
 */
public final class Resolvers {

    private Resolvers() {}

    /**
     * Picks the version with the highest timestamp, ties by dot. A deletion competes like any version: if it is the
     * last write, the key is absent.
     */
    public static <V> ConflictResolver<V> lastWriterWins() {
        return new LastWriterWins<>();
    }

    /** Picks the version with the lowest timestamp, ties by dot. A deletion competes like any version. */
    public static <V> ConflictResolver<V> firstWriterWins() {
        return new FirstWriterWins<>();
    }

    /**
     * Picks the version accepted in the data center that is listed first. Unlisted data centers come last and are
     * equal; among equals the last writer wins. A deletion competes like any version.
     *
     * @param dataCenters the data centers' names, the preferred one first; not empty, none twice
     * @throws IllegalArgumentException when the list is empty or names a data center twice
     */
    public static <V> ConflictResolver<V> dataCenterPriority(List<String> dataCenters) {
        return new DataCenterPriority<>(dataCenters);
    }

    /**
     * Picks the highest value; among equals the last writer wins. Deletions are ignored unless all are deletions.
     */
    public static <V> ConflictResolver<V> max(Comparator<? super V> order) {
        return new Greatest<>("max", order);
    }

    /**
     * Picks the lowest value; among equals the last writer wins. Deletions are ignored unless all are deletions.
     */
    public static <V> ConflictResolver<V> min(Comparator<? super V> order) {
        return new Greatest<>("min", order.reversed());
    }

    /**
     * Picks the text of most {@code char}s; among equals the last writer wins. Deletions are ignored unless all
     * are.
     */
    public static <V extends CharSequence> ConflictResolver<V> longest() {
        return longest(CharSequence::length);
    }

    /**
     * Picks the value of greatest length; among equals the last writer wins. Deletions are ignored unless all are.
     */
    public static <V> ConflictResolver<V> longest(ToLongFunction<? super V> length) {
        return new Greatest<>("longest", Comparator.<V>comparingLong(length));
    }

    /**
     * Keeps all versions: readers get the siblings, choose, and write back with the context they read. If all are
     * deletions the key is absent.
     */
    public static <V> ConflictResolver<V> keepAll() {
        return new KeepingAll<>();
    }

    /**
     * Folds the values in ascending order of their dots. Deletions are ignored unless all are deletions.
     *
     * <p>Since the order is the same on every replica, {@code merge} need not commute or associate. It must not
     * modify its arguments and must not return null.
     */
    public static <V> ConflictResolver<V> merging(BinaryOperator<V> merge) {
        return new Merging<>(merge);
    }

    /**
     * A resolver of another type of values, seen through a pair of functions: of records by one of JSON trees, say.
     *
     * <p>It has the other's name and version, so the functions must be the same everywhere. What it picks is the sibling itself; only
     * what it merges comes back through {@code back}.
     *
     * @param view how a value looks to the resolver; must not modify it
     * @param back the value of what the resolver makes
     */
    public static <V, W> ConflictResolver<V> through(
            Function<? super V, ? extends W> view,
            Function<? super W, ? extends V> back,
            ConflictResolver<W> resolver) {
        return new SeenThrough<>(view, back, resolver);
    }

    /**
     * {@code resolver} under a name and version of its own, by which nodes tell whether they resolve alike.
     *
     * @param name 1 to 128 characters, not blank
     * @param version at least 1; raise it whenever the resolver's results change
     * @throws IllegalArgumentException when name or version break these rules
     */
    public static <V> ConflictResolver<V> named(String name, int version, ConflictResolver<V> resolver) {
        return new Named<>(name, version, resolver);
    }
}
