package io.entente.cluster.routing;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Which partition a key belongs to. Part of the cluster's data format: it never changes.
 *
 * @param partitions how many there are, at least 1
 */
public record Partitioning(int partitions) {

    public Partitioning {
        if (partitions < 1) {
            throw new IllegalArgumentException("a cluster of " + partitions + " partitions: give it at least 1");
        }
    }

    /** The partition of a key: by XXH3 of the key, or of the part in its first braces where that is not empty. */
    public int of(String key) {
        byte[] hashed = hashedPart(key).getBytes(StandardCharsets.UTF_8);
        long hash = Hashing.xxh3_64().hashBytesToLong(hashed);
        return (int) Long.remainderUnsigned(hash, partitions);
    }

    private static String hashedPart(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open + 1);
        return close > open + 1 ? key.substring(open + 1, close) : key;
    }
}
