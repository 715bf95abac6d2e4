package io.entente.cluster.map;

import static io.entente.cluster.settings.ResolverNames.DATA_CENTER_PRIORITY;
import static io.entente.cluster.settings.ResolverNames.FIRST_WRITER_WINS;
import static io.entente.cluster.settings.ResolverNames.KEEP_ALL;
import static io.entente.cluster.settings.ResolverNames.LAST_WRITER_WINS;
import static io.entente.cluster.settings.ResolverNames.LONGEST;
import static io.entente.cluster.settings.ResolverNames.MAX;
import static io.entente.cluster.settings.ResolverNames.MIN;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.settings.MapSettings;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolvers;

/** The definition of a map as configuration has it. */
final class ConfiguredMap {

    private ConfiguredMap() {}

    /**
     * The definition of a map.
     *
     * @throws IllegalArgumentException when the resolver's class can't be used, with class and reason
     */
    static MapDefinition<?> define(String name, MapSettings settings) {
        return switch (settings.resolver()) {
            case LAST_WRITER_WINS -> stored(name, Resolvers.lastWriterWins());
            case FIRST_WRITER_WINS -> stored(name, Resolvers.firstWriterWins());
            case DATA_CENTER_PRIORITY -> stored(name, Resolvers.dataCenterPriority(settings.priority()));
            case KEEP_ALL -> stored(name, Resolvers.keepAll());
            case MAX -> json(name, Resolvers.max(JsonOrder.INSTANCE));
            case MIN -> json(name, Resolvers.min(JsonOrder.INSTANCE));
            case LONGEST -> json(name, Resolvers.longest(ConfiguredMap::length));
            default -> json(name, ResolverClass.instantiate(settings.resolver()));
        };
    }

    private static MapDefinition<StoredValue> stored(String name, ConflictResolver<StoredValue> resolver) {
        return new MapDefinition<>(name, ValueView.stored(), resolver);
    }

    private static MapDefinition<JsonNode> json(String name, ConflictResolver<JsonNode> resolver) {
        return new MapDefinition<>(name, ValueView.json(), resolver);
    }

    /** The characters of a string, the elements of an array or object, of anything else its JSON's characters. */
    private static long length(JsonNode value) {
        if (value.isContainerNode()) {
            return value.size();
        }
        return value.isTextual() ? value.textValue().length() : value.asText().length();
    }
}
