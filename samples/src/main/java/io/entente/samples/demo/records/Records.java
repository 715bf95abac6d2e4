package io.entente.samples.demo.records;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.version.Dot;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One node's records as JSON documents. Thread-safe; never blocks. What fails, fails with an exception whose message is a sentence
 * for the user.
 */
public interface Records {

    /** Writes a value over all versions the node has; completes with the write's dot once it is durable there. */
    CompletionStage<Dot> put(RecordKey key, JsonNode value);

    /** Deletes all versions the node has. */
    CompletionStage<Dot> delete(RecordKey key);

    /** What the key reads as, with its map's resolver. */
    CompletionStage<Reading> get(RecordKey key);

    /** The versions the key has, in the order of their dots. */
    CompletionStage<List<StoredVersion>> siblings(RecordKey key);

    /** The keys of a map that have a value, in order, after the given one; at most {@code limit}. */
    CompletionStage<List<String>> keys(String map, String after, int limit);
}
