package io.entente.cluster.map;

import io.entente.conflict.version.VersionVector;
import io.entente.core.codec.SessionTokenCodec;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a session has seen: by partition, a vector that names what the replica that answered it had applied. A read with a session is answered by
 * a replica that has seen at least that, so the session reads its own writes and never goes back in time (Terry et al., <i>Session
 * Guarantees for Weakly Consistent Replicated Data</i>, 1994).
 *
 * <p>Immutable and thread-safe.
 *
 * @param vectors by partition; partitions that are missing have not been read nor written
 */
public record SessionToken(SortedMap<Integer, VersionVector> vectors) {

    private static final SessionToken EMPTY = new SessionToken(Collections.emptySortedMap());
    private static final SessionTokenCodec CODEC = new SessionTokenCodec(SessionTokenCodec.MOST_LENGTH);

    /** Throws {@link IllegalArgumentException} for a partition that no cluster has. */
    public SessionToken {
        vectors.keySet().forEach(SessionToken::requirePartition);
        vectors = Collections.unmodifiableSortedMap(new TreeMap<>(vectors));
    }

    /** The session that has seen nothing. */
    public static SessionToken empty() {
        return EMPTY;
    }

    /** A session that has seen one partition at this vector. */
    public static SessionToken of(int partition, VersionVector vector) {
        return new SessionToken(new TreeMap<>(Collections.singletonMap(partition, vector)));
    }

    /**
     * The session whose text this is.
     *
     * @throws io.entente.core.codec.MalformedTokenException when it is no session's
     */
    public static SessionToken parse(String text) {
        return new SessionToken(CODEC.decode(text));
    }

    /**
     * The session as text, opaque, of letters, digits, {@code -} and {@code _}; at most 4 KiB.
     *
     * @throws io.entente.core.codec.TokenTooLongException when it has seen more than fits
     */
    public String text() {
        return CODEC.encode(vectors);
    }

    /** What was seen of a partition. */
    public VersionVector vector(int partition) {
        return vectors.getOrDefault(partition, VersionVector.empty());
    }

    /** A session that has seen what either has seen. */
    public SessionToken merge(SessionToken other) {
        SortedMap<Integer, VersionVector> merged = new TreeMap<>(vectors);
        other.vectors.forEach((partition, vector) -> merged.merge(partition, vector, VersionVector::join));
        return new SessionToken(merged);
    }

    /**
     * This session after an answer that was given in it: what the answerer had seen, which is at least what the session had, takes the
     * place of what the session remembered of that partition. Unlike {@link #merge} it forgets what is implied, so that a session
     * that lasts doesn't grow with the restarts of nodes.
     *
     * @param answer the session of an answer to a request that was made in this one
     */
    public SessionToken then(SessionToken answer) {
        SortedMap<Integer, VersionVector> newest = new TreeMap<>(vectors);
        newest.putAll(answer.vectors);
        return new SessionToken(newest);
    }

    private static void requirePartition(int partition) {
        if (partition < 0 || partition >= SessionTokenCodec.MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "the partition " + partition + " must be 0 to " + (SessionTokenCodec.MOST_PARTITIONS - 1));
        }
    }
}
