package io.entente.samples.resolver;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.resolve.DocumentResolvers;
import io.entente.cluster.resolve.TextConflicts;
import io.entente.cluster.resolve.TextForm;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import java.util.Map;

/**
 * Merges {@linkplain Note notes} as Git merges files: lines that were changed in different places are all taken, by the note's last common version. Of lines that
 * were changed on both sides both stay, the earlier first, for people who write prose can tell better than a program which one they
 * meant. The title is the last writer's, the editors are everybody.
 *
 * <p>It sees JSON, so that configuration can name it; in code {@code TypedResolvers.ofJson(Codec.json(Note.class), new NoteMerge())} is the same for {@link Note}.
 */
public final class NoteMerge implements ConflictResolver<JsonNode> {

    private final ConflictResolver<JsonNode> fields = DocumentResolvers.perField(
            Map.of(
                    "text", DocumentResolvers.textMerge(TextConflicts.BOTH, TextForm.json()),
                    "editors", DocumentResolvers.union()),
            Resolvers.lastWriterWins());

    @Override
    public Resolution<JsonNode> resolve(Conflict<JsonNode> conflict) {
        return fields.resolve(conflict);
    }

    @Override
    public String name() {
        return "note-merge";
    }

    @Override
    public boolean needsAncestor() {
        return fields.needsAncestor();
    }
}
