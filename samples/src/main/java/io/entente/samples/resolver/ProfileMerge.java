package io.entente.samples.resolver;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.resolve.DocumentResolvers;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import java.util.List;
import java.util.Map;

/**
 * Merges {@linkplain Profile profiles} field by field, each as its meaning asks for. What one side alone changed is taken; of what both changed
 *
 * <ul>
 *   <li>the e-mail address is the last writer's: the newer one is right,
 *   <li>tags are all kept: one too many does no harm,
 *   <li>verified is sticky: true is above false in JSON's order, and papers that were seen anywhere were seen,
 *   <li>the plan is what eu wrote, where the accounts are kept.
 * </ul>
 *
 * <p>Configuration can say the same without a class: {@code resolver.per-field { tags = union, verified = max, plan = data-center-priority },
 * priority = [eu]}. The class has a name and a version of its own, and can be verified in a test. In code {@code
 * TypedResolvers.ofJson(Codec.json(Profile.class), new ProfileMerge())} is the same for {@link Profile}.
 */
public final class ProfileMerge implements ConflictResolver<JsonNode> {

    private final ConflictResolver<JsonNode> fields = DocumentResolvers.perField(
            Map.of(
                    "tags", DocumentResolvers.union(),
                    "verified", DocumentResolvers.max(),
                    "plan", Resolvers.dataCenterPriority(List.of("eu"))),
            Resolvers.lastWriterWins());

    @Override
    public Resolution<JsonNode> resolve(Conflict<JsonNode> conflict) {
        return fields.resolve(conflict);
    }

    @Override
    public String name() {
        return "profile-merge";
    }

    @Override
    public boolean needsAncestor() {
        return fields.needsAncestor();
    }
}
