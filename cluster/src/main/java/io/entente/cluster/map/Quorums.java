package io.entente.cluster.map;

import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.settings.QuorumSettings;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * How many copies requests count on where they don't say it themselves, and how many there are. Thread-safe.
 *
 * @param wishes by map
 * @param copies by partition, without those that only stand in
 */
public record Quorums(Function<String, QuorumSettings> wishes, IntUnaryOperator copies) {

    public Quorums {
        Objects.requireNonNull(wishes, "wishes");
        Objects.requireNonNull(copies, "copies");
    }

    /** No wishes. */
    public static Quorums none() {
        return new Quorums(map -> QuorumSettings.none(), partition -> 0);
    }

    ReadOptions reading(String map) {
        return wishes.apply(map).r().map(ReadOptions::of).orElseGet(ReadOptions::local);
    }

    WriteOptions writing(String map) {
        return wishes.apply(map).w().map(WriteOptions::of).orElseGet(WriteOptions::async);
    }

    /**
     * @param asked how many copies the request counts on, if it says so
     * @throws NotAppliedException when the partition has another number of copies
     */
    void check(String map, int partition, Optional<Integer> asked) {
        Optional<Integer> wanted = asked.or(() -> wishes.apply(map).n());
        if (wanted.isEmpty()) {
            return;
        }
        int there = copies.applyAsInt(partition);
        if (there != wanted.get()) {
            throw new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "the request counts on n = " + wanted.get() + " copies, and partition " + partition + " has "
                            + there
                            + " as placement has it: ask for n = " + there + ", or leave n out"
                            + (asked.isPresent() ? "" : " of entente.maps." + map + " and entente.leaderless")
                            + "; another number of copies takes another entente.replication-factor, or more nodes");
        }
    }
}
