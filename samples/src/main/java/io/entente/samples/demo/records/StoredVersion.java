package io.entente.samples.demo.records;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import java.util.Optional;

/**
 * One of the versions a key has.
 *
 * @param dot the write that made it
 * @param timestamp when that was
 * @param value its value; none for a deletion
 */
public record StoredVersion(Dot dot, HybridTimestamp timestamp, Optional<JsonNode> value) {}
