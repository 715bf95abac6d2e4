package io.entente.cluster.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Version;
import java.util.List;
import java.util.Optional;

/** Merges JSON arrays as sets; {@link DocumentResolvers#union} and {@link DocumentResolvers#setMerge} say by which rules. */
final class SetMerge implements ConflictResolver<JsonNode> {

    private final boolean threeWay;

    /** With regard to the ancestor, so that what was removed stays away, or without. */
    SetMerge(boolean threeWay) {
        this.threeWay = threeWay;
    }

    @Override
    public Resolution<JsonNode> resolve(Conflict<JsonNode> conflict) {
        Conflict<JsonNode> regarded =
                threeWay ? conflict : Conflict.of(conflict.map(), conflict.key(), conflict.siblings());
        Changes<JsonNode> changes = Changes.of(regarded, JsonOrder::same).overDeletions();
        Optional<Version<JsonNode>> undisputed = changes.undisputed();
        if (undisputed.isPresent()) {
            return Resolution.pick(undisputed.get());
        }
        Conflict<JsonNode> dispute = changes.dispute();
        List<JsonNode> values = dispute.live().stream()
                .sorted(Version.byTime())
                .flatMap(version -> version.value().stream())
                .toList();
        return values.stream().allMatch(JsonNode::isArray)
                ? Resolution.merged(merged(base(dispute), values))
                : Resolution.pick(dispute.lastWritten());
    }

    private static JsonNode base(Conflict<JsonNode> conflict) {
        return conflict.ancestor()
                .flatMap(Version::value)
                .filter(JsonNode::isArray)
                .orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    /** What nobody removed of the ancestor's elements, then what was added, the earlier writer's first. */
    private static JsonNode merged(JsonNode base, List<JsonNode> arrays) {
        List<SetOfElements> sets = arrays.stream().map(SetOfElements::of).toList();
        SetOfElements before = SetOfElements.of(base);
        SetOfElements merged = new SetOfElements();
        for (JsonNode element : before.array()) {
            if (sets.stream().allMatch(set -> set.contains(element))) {
                merged.add(element);
            }
        }
        for (SetOfElements set : sets) {
            for (JsonNode element : set.array()) {
                if (!before.contains(element)) {
                    merged.add(element);
                }
            }
        }
        return merged.array();
    }

    @Override
    public String name() {
        return threeWay ? "set-merge" : "union";
    }

    @Override
    public boolean needsAncestor() {
        return threeWay;
    }
}
