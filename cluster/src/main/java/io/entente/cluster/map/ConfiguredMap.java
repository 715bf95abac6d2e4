package io.entente.cluster.map;

import static io.entente.cluster.settings.ResolverNames.DATA_CENTER_PRIORITY;
import static io.entente.cluster.settings.ResolverNames.FIRST_WRITER_WINS;
import static io.entente.cluster.settings.ResolverNames.JSON_MERGE;
import static io.entente.cluster.settings.ResolverNames.KEEP_ALL;
import static io.entente.cluster.settings.ResolverNames.LAST_WRITER_WINS;
import static io.entente.cluster.settings.ResolverNames.LONGEST;
import static io.entente.cluster.settings.ResolverNames.MAX;
import static io.entente.cluster.settings.ResolverNames.MIN;
import static io.entente.cluster.settings.ResolverNames.PER_FIELD;
import static io.entente.cluster.settings.ResolverNames.SET_MERGE;
import static io.entente.cluster.settings.ResolverNames.TEXT_MERGE;
import static io.entente.cluster.settings.ResolverNames.UNION;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.resolve.ApplicationResolvers;
import io.entente.cluster.resolve.DocumentResolvers;
import io.entente.cluster.resolve.TextForm;
import io.entente.cluster.settings.MapSettings;
import io.entente.cluster.settings.ResolverNames;
import io.entente.cluster.settings.ResolverSettings;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolvers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The definition of a map as configuration has it. */
final class ConfiguredMap {

    private ConfiguredMap() {}

    /**
     * The definition of a map.
     *
     * @param calls how an application's resolver is called
     * @throws IllegalArgumentException when the resolver's class can't be used, with class and reason
     */
    static MapDefinition<?> define(String name, MapSettings settings, Supplier<BoundedCalls> calls) {
        ResolverSettings resolver = settings.resolver();
        if (resolver.name().equals(TEXT_MERGE)) {
            return stored(name, DocumentResolvers.textMerge(resolver.textConflicts(), StoredText.INSTANCE));
        }
        Optional<ConflictResolver<StoredValue>> blind = blind(resolver);
        return blind.isPresent()
                ? stored(name, blind.get())
                : new MapDefinition<>(
                        name,
                        ValueView.json(),
                        ofDocuments(resolver),
                        isApplications(resolver) ? Optional.of(calls.get()) : Optional.empty());
    }

    private static MapDefinition<StoredValue> stored(String name, ConflictResolver<StoredValue> resolver) {
        return new MapDefinition<>(name, ValueView.stored(), resolver, Optional.empty());
    }

    /** Whether code that doesn't come with Entente has a part in it. */
    private static boolean isApplications(ResolverSettings resolver) {
        return !ResolverNames.ALL.contains(resolver.name())
                || resolver.fields().values().stream().anyMatch(ConfiguredMap::isApplications);
    }

    /** A resolver that looks into no value, and so takes any. */
    private static <V> Optional<ConflictResolver<V>> blind(ResolverSettings resolver) {
        return switch (resolver.name()) {
            case LAST_WRITER_WINS -> Optional.of(Resolvers.lastWriterWins());
            case FIRST_WRITER_WINS -> Optional.of(Resolvers.firstWriterWins());
            case DATA_CENTER_PRIORITY -> Optional.of(Resolvers.dataCenterPriority(resolver.priority()));
            case KEEP_ALL -> Optional.of(Resolvers.keepAll());
            default -> Optional.empty();
        };
    }

    private static ConflictResolver<JsonNode> ofDocuments(ResolverSettings resolver) {
        return switch (resolver.name()) {
            case MAX -> DocumentResolvers.max();
            case MIN -> DocumentResolvers.min();
            case LONGEST -> DocumentResolvers.longest();
            case JSON_MERGE -> DocumentResolvers.jsonMerge();
            case TEXT_MERGE -> DocumentResolvers.textMerge(resolver.textConflicts(), TextForm.json());
            case UNION -> DocumentResolvers.union();
            case SET_MERGE -> DocumentResolvers.setMerge();
            case PER_FIELD -> composed(resolver);
            default -> ApplicationResolvers.onClassPath().resolver(resolver.name());
        };
    }

    private static ConflictResolver<JsonNode> composed(ResolverSettings resolver) {
        Map<String, ConflictResolver<JsonNode>> fields = new LinkedHashMap<>();
        resolver.fields().forEach((field, ofField) -> {
            if (!field.equals(ResolverSettings.REST)) {
                fields.put(ResolverSettings.fieldName(field), ofField(ofField));
            }
        });
        return DocumentResolvers.perField(fields, ofField(resolver.rest()));
    }

    private static ConflictResolver<JsonNode> ofField(ResolverSettings resolver) {
        Optional<ConflictResolver<JsonNode>> blind = blind(resolver);
        return blind.isPresent() ? blind.get() : ofDocuments(resolver);
    }
}
