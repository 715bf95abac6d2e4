package io.entente.cluster.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import io.entente.conflict.Version;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Merges JSON objects field by field: what one side changed is taken, and what several sides changed differently is left to a
 * resolver. {@link DocumentResolvers#jsonMerge} and {@link DocumentResolvers#perField} say by which rules.
 *
 * <p>Fields come out in the order of the ancestor's, then of the siblings' in canonical order.
 */
final class FieldMerge implements ConflictResolver<JsonNode> {

    /** Each level compares all that is below it, so depth is a factor of the cost. */
    static final int MOST_DEPTH = 64;

    private static final FieldMerge RECURSIVE = new FieldMerge(MOST_DEPTH);

    private final String name;
    private final SortedMap<String, ConflictResolver<JsonNode>> fields;
    private final ConflictResolver<JsonNode> rest;
    private final ConflictResolver<JsonNode> whole;

    /** The merge whose fields are merged like the document itself, so many objects deep. */
    private FieldMerge(int depth) {
        this.name = "json-merge";
        this.fields = Collections.emptySortedMap();
        this.rest = depth > 1 ? new FieldMerge(depth - 1) : Resolvers.lastWriterWins();
        this.whole = Resolvers.lastWriterWins();
    }

    private FieldMerge(Map<String, ConflictResolver<JsonNode>> fields, ConflictResolver<JsonNode> rest) {
        this.fields = new TreeMap<>(fields);
        this.rest = rest;
        this.whole = rest;
        this.name = this.fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + identity(field.getValue()))
                .collect(Collectors.joining(",", "per-field(", ",rest=" + identity(rest) + ")"));
    }

    static FieldMerge recursive() {
        return RECURSIVE;
    }

    static FieldMerge composed(Map<String, ConflictResolver<JsonNode>> fields, ConflictResolver<JsonNode> rest) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException(
                    "A composition per field names at least one field: use the resolver of the rest alone.");
        }
        return new FieldMerge(fields, rest);
    }

    /** Nodes that compose other resolvers, or other versions of them, must notice. */
    private static String identity(ConflictResolver<JsonNode> resolver) {
        return resolver.version() == 1 ? resolver.name() : resolver.name() + "@" + resolver.version();
    }

    @Override
    public Resolution<JsonNode> resolve(Conflict<JsonNode> conflict) {
        Changes<JsonNode> changes = Changes.of(conflict, JsonOrder::same).overDeletions();
        Optional<Version<JsonNode>> undisputed = changes.undisputed();
        if (undisputed.isPresent()) {
            return Resolution.pick(undisputed.get());
        }
        Conflict<JsonNode> dispute = changes.dispute();
        return dispute.siblings().stream().allMatch(FieldMerge::isObject)
                ? Resolution.merged(merged(dispute))
                : whole.resolve(dispute);
    }

    private static boolean isObject(Version<JsonNode> version) {
        return version.value().filter(JsonNode::isObject).isPresent();
    }

    private ObjectNode merged(Conflict<JsonNode> objects) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (String field : fieldsOf(objects)) {
            fieldOf(objects, field).ifPresent(value -> merged.set(field, value));
        }
        return merged;
    }

    private static Set<String> fieldsOf(Conflict<JsonNode> objects) {
        Set<String> names = new LinkedHashSet<>();
        objects.ancestor()
                .flatMap(Version::value)
                .ifPresent(base -> base.fieldNames().forEachRemaining(names::add));
        for (Version<JsonNode> object : objects.siblings()) {
            object.value().orElseThrow().fieldNames().forEachRemaining(names::add);
        }
        return names;
    }

    private Optional<JsonNode> fieldOf(Conflict<JsonNode> objects, String field) {
        List<Version<JsonNode>> values =
                objects.siblings().stream().map(object -> at(object, field)).toList();
        Conflict<JsonNode> conflict = new Conflict<>(
                objects.map(),
                objects.key(),
                values,
                objects.ancestor().map(ancestor -> at(ancestor, field)),
                objects.uncertainty());
        Changes<JsonNode> changes = Changes.of(conflict, JsonOrder::same);
        Optional<Version<JsonNode>> undisputed = changes.undisputed();
        if (undisputed.isPresent()) {
            return undisputed.get().value();
        }
        ConflictResolver<JsonNode> resolver = fields.getOrDefault(field, rest);
        return valueOf(resolver.resolve(changes.dispute()), field, resolver);
    }

    /** The field's part of a version: a value, or a deletion where the version doesn't have the field. */
    private static Version<JsonNode> at(Version<JsonNode> object, String field) {
        Optional<JsonNode> value = object.value().map(document -> document.get(field));
        return new Version<>(object.dot(), object.timestamp(), object.dataCenter(), value);
    }

    private static Optional<JsonNode> valueOf(
            Resolution<JsonNode> resolution, String field, ConflictResolver<JsonNode> resolver) {
        if (resolution instanceof Resolution.Pick<JsonNode> pick) {
            return pick.version().value();
        }
        if (resolution instanceof Resolution.Merged<JsonNode> merged) {
            return Optional.of(merged.value());
        }
        if (resolution instanceof Resolution.Deleted<JsonNode>) {
            return Optional.empty();
        }
        throw new IllegalStateException("The resolver " + resolver.name() + " chose no value for the field '" + field
                + "': a field can't keep several, so it must pick one, merge them or delete the field.");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean needsAncestor() {
        return true;
    }
}
