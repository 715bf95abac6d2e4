package io.entente.cluster.routing;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Part;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Brings requests to a replica of the key's partition. Thread-safe; never blocks.
 *
 * <p>A refusal is a {@link Reply}, not an exception. A stage that completes exceptionally does so with
 * {@link RequestFailedException}, which says whether the write may exist.
 */
public interface Router {

    /** The number of partitions, fixed when the cluster was founded. */
    int partitions();

    /**
     * The partition of a key: by the hash of the key, or of the part in its first pair of braces when there is something in it, so
     * that related keys can share a partition.
     */
    int partitionOf(String key);

    /** Writes; completes with {@code Written}, {@code Refused} or {@code ConcernTimedOut}. */
    CompletionStage<Reply> write(Write request);

    /** Reads; completes with {@code Found} or {@code Refused}. */
    CompletionStage<Reply> read(Read request);

    /** Reads parts of a mergeable value; completes with {@code FoundParts} or {@code Refused}. */
    CompletionStage<Reply> parts(PartsRead request);

    /** The records of a map in key order (by the bytes of their UTF-8), or its mergeable values; deleted ones left out. */
    CompletionStage<Listing> list(ListRequest request);

    /**
     * A write.
     *
     * @param key the record
     * @param payload the new value, a deletion, or operations on parts of a mergeable value
     * @param condition what the write replaces, and when it is to be refused; none for operations
     * @param concern whose evidence to wait for
     * @param timeout for all waiting
     * @param isKept whether the version is to be kept when it is superseded, for three-way merges
     * @param atLeast the vector that the replica must have reached before it writes; empty for none
     */
    record Write(
            RecordKey key,
            Payload payload,
            WriteCondition condition,
            WriteConcern concern,
            Duration timeout,
            boolean isKept,
            VersionVector atLeast) {

        /** Throws {@link IllegalArgumentException} for operations with a condition. */
        public Write {
            if (payload instanceof Payload.Operations && !condition.equals(WriteCondition.none())) {
                throw new IllegalArgumentException("operations have no condition: " + condition);
            }
        }

        /** A write outside of any session whose version is forgotten when it is superseded. */
        public Write(RecordKey key, Payload payload, WriteCondition condition, WriteConcern concern, Duration timeout) {
            this(key, payload, condition, concern, timeout, false, VersionVector.empty());
        }

        /** The same write, with that time left for all its waiting. */
        public Write within(Duration left) {
            return new Write(key, payload, condition, concern, left, isKept, atLeast);
        }

        /** The same write; its version is kept, or not, when it is superseded. */
        public Write kept(boolean yes) {
            return new Write(key, payload, condition, concern, timeout, yes, atLeast);
        }

        /** The same write, made where that has been reached. */
        public Write after(VersionVector reached) {
            return new Write(key, payload, condition, concern, timeout, isKept, reached);
        }
    }

    /**
     * A read.
     *
     * @param key the record
     * @param terms what the replica must have reached, and for how long it may wait for that
     * @param from whom to ask
     */
    record Read(RecordKey key, ReadTerms terms, Source from) {

        /** A read of the nearest replica. */
        public Read(RecordKey key, ReadTerms terms) {
            this(key, terms, Source.NEAREST);
        }

        /** The same read, with that time left for all its waiting. */
        public Read within(Duration left) {
            return new Read(key, new ReadTerms(terms.concern(), terms.atLeast(), left), from);
        }

        /** A read of the nearest replica in a session. */
        public Read(RecordKey key, VersionVector atLeast, Duration timeout) {
            this(key, ReadTerms.session(atLeast, timeout));
        }
    }

    /**
     * What a replica must have reached before it answers a read.
     *
     * @param concern whose vectors
     * @param atLeast the vector of the session, unless the concern doesn't wait for it; empty for none
     * @param timeout for all waiting
     */
    record ReadTerms(ReadConcern concern, VersionVector atLeast, Duration timeout) {

        /** What the session has seen. */
        public static ReadTerms session(VersionVector atLeast, Duration timeout) {
            return new ReadTerms(ReadConcern.session(), atLeast, timeout);
        }

        /** The request to a replica for a record. */
        public ReadRequested request(RequestId id, RecordKey key) {
            return new ReadRequested(id, key, concern, atLeast, timeout);
        }
    }

    /**
     * A read of parts of a mergeable value.
     *
     * @param key the value
     * @param part the only part wanted; empty for all of them
     * @param mostBytes how many bytes the rows may have; the read of a value with more is refused
     * @param terms what the replica must have reached, and for how long it may wait for that
     */
    record PartsRead(RecordKey key, Optional<Bytes> part, int mostBytes, ReadTerms terms) {}

    /** Which replica of the data center answers a read. */
    enum Source {
        /** This node's where it holds the partition, else any that is live. */
        NEAREST,
        /** The leader's, where writes go too: it has what the next write will come after. */
        LEADER
    }

    /**
     * A request for some records of a map.
     *
     * @param map the map
     * @param prefix what the keys begin with; empty for all
     * @param after the key after which to begin; empty to begin with the first
     * @param limit how many records at the most, 1 to 10,000; fewer where they are large
     * @param mergeable whether mergeable values are wanted, and not records
     */
    record ListRequest(String map, String prefix, Optional<String> after, int limit, boolean mergeable) {

        /** The largest {@code limit}. */
        public static final int MOST_RECORDS = 10_000;

        /** A page ends before it would have more bytes of versions, even where its limit is not reached; it has one record at least. */
        public static final int PAGE_BYTES = 8 << 20;

        /** A request for records. */
        public ListRequest(String map, String prefix, Optional<String> after, int limit) {
            this(map, prefix, after, limit, false);
        }

        public ListRequest {
            if (limit < 1 || limit > MOST_RECORDS) {
                throw new IllegalArgumentException(
                        "a listing of at most " + limit + " records: ask for 1 to " + MOST_RECORDS);
            }
        }
    }

    /**
     * Some records of a map.
     *
     * @param records in key order
     * @param next the key to continue after, if there may be more
     */
    record Listing(List<Listed> records, Optional<String> next) {}

    /**
     * One record of a listing.
     *
     * @param key the key
     * @param siblings its versions, at least one of them a value; none for a mergeable value
     * @param parts the parts of a mergeable value; empty where it is too large to be listed
     */
    record Listed(String key, Siblings siblings, Optional<List<Part>> parts) {

        /** A record. */
        public Listed(String key, Siblings siblings) {
            this(key, siblings, Optional.empty());
        }

        /** A mergeable value. */
        public Listed(String key, Optional<List<Part>> parts) {
            this(key, Siblings.none(), parts);
        }
    }
}
