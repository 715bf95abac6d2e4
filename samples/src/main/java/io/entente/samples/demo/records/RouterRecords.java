package io.entente.samples.demo.records;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.routing.Router;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import io.entente.conflict.Version;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.event.WriteCondition;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.samples.terminal.FailureException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Records read and written through a node's router; the last writer wins. */
public final class RouterRecords implements Records {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Router router;
    private final ConflictResolver<JsonNode> resolver = Resolvers.lastWriterWins();

    /** The records behind a router. */
    public RouterRecords(Router router) {
        this.router = router;
    }

    @Override
    public CompletionStage<Dot> put(RecordKey key, JsonNode value) {
        return write(key, Payload.value(Bytes.utf8(JsonText.printed(value))));
    }

    @Override
    public CompletionStage<Dot> delete(RecordKey key) {
        return write(key, Payload.deletion());
    }

    private CompletionStage<Dot> write(RecordKey key, Payload payload) {
        Router.Write write = new Router.Write(key, payload, WriteCondition.none(), WriteConcern.async(), TIMEOUT);
        return router.write(write).thenApply(RouterRecords::dot);
    }

    private static Dot dot(Reply reply) {
        if (reply instanceof Reply.Written written) {
            return written.dot();
        }
        throw refused(reply);
    }

    private static RuntimeException refused(Reply reply) {
        return new FailureException(reply instanceof Reply.Refused refused ? refused.detail() : reply.toString());
    }

    @Override
    public CompletionStage<Reading> get(RecordKey key) {
        return siblings(key).thenApply(versions -> reading(key, versions));
    }

    private Reading reading(RecordKey key, List<StoredVersion> stored) {
        List<Version<JsonNode>> versions = stored.stream()
                .map(version -> new Version<>(
                        version.dot(),
                        version.timestamp(),
                        version.dot().origin().dataCenter(),
                        version.value()))
                .toList();
        if (versions.size() < 2) {
            return versions.stream()
                    .flatMap(version -> version.value().stream())
                    .findFirst()
                    .<Reading>map(Reading.Value::new)
                    .orElseGet(Reading.Absent::new);
        }
        Resolution<JsonNode> resolution = resolver.resolve(Conflict.of(key.map(), key.key(), versions));
        Optional<JsonNode> value = resolution instanceof Resolution.Pick<JsonNode> pick
                ? pick.version().value()
                : Optional.empty();
        return value.<Reading>map(Reading.Value::new).orElseGet(Reading.Absent::new);
    }

    @Override
    public CompletionStage<List<StoredVersion>> siblings(RecordKey key) {
        return router.read(new Router.Read(key, VersionVector.empty(), TIMEOUT)).thenApply(reply -> {
            if (reply instanceof Reply.Found found) {
                return found.siblings().versions().stream()
                        .map(RouterRecords::version)
                        .toList();
            }
            throw refused(reply);
        });
    }

    private static StoredVersion version(Sibling sibling) {
        Optional<JsonNode> value = sibling.payload() instanceof Payload.Value present
                ? Optional.of(JsonText.parsed(present.content().utf8()))
                : Optional.empty();
        return new StoredVersion(sibling.dot(), sibling.timestamp(), value);
    }

    @Override
    public CompletionStage<List<String>> keys(String map, String after, int limit) {
        Optional<String> start = after.isEmpty() ? Optional.empty() : Optional.of(after);
        return router.list(new Router.ListRequest(map, "", start, limit))
                .thenApply(listing ->
                        listing.records().stream().map(Router.Listed::key).toList());
    }
}
