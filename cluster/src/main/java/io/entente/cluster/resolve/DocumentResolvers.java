package io.entente.cluster.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolvers;
import java.util.Comparator;
import java.util.Map;

/**
 * The resolvers that look into documents: three-way merges, sets, and compositions per field. Those that look at no value are in
 * {@link Resolvers}.
 *
 * <p>All are immutable, thread-safe and deterministic. For a map of typed values, see through them with {@link Resolvers#through}.
 *
 * <p><b>Three-way merges</b> compare each sibling with the ancestor, the version that all descend from (Khanna, Kunal and Pierce, <i>A
 * Formal Investigation of Diff3</i>, 2007, for lines). What one sibling changed is taken. What several changed alike is taken once. A changed value
 * beats a deletion; a deletion beats a value that was not changed. What several changed differently is decided as each method says.
 * Any number of siblings is looked at in one step; the ancestor is that of all, so of three siblings what two share since then counts as added by
 * both, once, and comes back where only one of the two removed it. Where no ancestor is known (the key had none when they were written) it counts as empty:
 * an empty document, an empty set, an empty text.
 *
 * <p>Cost: at each read of a key in conflict, in proportion to the siblings' size, for documents times their depth.
 */
public final class DocumentResolvers {

    private DocumentResolvers() {}

    /**
     * Three-way merge of JSON documents by field, objects in objects too, 64 deep; what is deeper is a whole.
     *
     * <p>Of a field that several siblings changed differently, objects are merged by field in their turn. Anything else is a whole,
     * arrays too: the latest writer of those that changed the field wins it (as in JSON Merge Patch, RFC 7396, an array has no parts).
     * So it is when the field changed its type. Null is a value like any other; a field is removed when it is missing. A changed field beats a
     * removed one. Numbers are equal when their values are, 1 and 1.0. A value that is no object is a whole, too.
     */
    public static ConflictResolver<JsonNode> jsonMerge() {
        return FieldMerge.recursive();
    }

    /**
     * A composition: three-way merge of JSON objects by field where each field has a resolver of its own for what several siblings changed
     * differently.
     *
     * <p>A field's resolver sees the versions of that field alone: of the siblings that changed it, with their dots and times; one
     * that removed the field counts as a deletion; the ancestor is the ancestor's field. It is not asked where one sibling alone changed the field, or all alike. It must
     * choose one value, or none, which removes the field: it can't keep all. For the fields of an object inside, give a
     * composition as the field's resolver; with {@link #jsonMerge} for {@code rest} all other fields are merged as deep as they go. Conflicts in
     * which a value is no object are resolved by {@code rest} as a whole.
     *
     * @param fields by field name, what resolves it; at least one
     * @param rest resolves the fields that are not named
     * @throws IllegalArgumentException when no field is named
     */
    public static ConflictResolver<JsonNode> perField(
            Map<String, ConflictResolver<JsonNode>> fields, ConflictResolver<JsonNode> rest) {
        return FieldMerge.composed(fields, rest);
    }

    /**
     * The union of JSON arrays as sets: each element once, those of the earlier write first. It needs no ancestor, and so what one side
     * removed returns. Deletions are ignored unless all are; where a value is no array the last writer wins.
     */
    public static ConflictResolver<JsonNode> union() {
        return new SetMerge(false);
    }

    /**
     * Three-way merge of JSON arrays as sets: an element of the ancestor stays unless a sibling removed it, and what siblings added
     * comes after it in the order in which they wrote, each element once. There is nothing to be decided, but where a value is no array: there the last writer wins.
     */
    public static ConflictResolver<JsonNode> setMerge() {
        return new SetMerge(true);
    }

    /** Three-way merge of texts by lines, keeping {@link TextConflicts#BOTH} sides of lines that were changed differently. */
    public static ConflictResolver<String> textMerge() {
        return textMerge(TextConflicts.BOTH, TextForm.plain());
    }

    /**
     * Three-way merge of texts by lines, with Git's algorithm as JGit has it (histogram diff).
     *
     * <p>Lines end with a line feed; all other characters, a carriage return before it among them, are the line's. Lines that several
     * siblings changed differently, or that touch each other, are decided by {@code conflicts}. More than two siblings are merged one after
     * the other in the order in which they were written, each against the ancestor. Regions of more than 1,000 lines that all
     * occur often are compared as wholes. Where a value is no text the last writer of those that changed it wins.
     *
     * @param conflicts what becomes of lines that were changed differently
     * @param form where the values' text is
     */
    public static <V> ConflictResolver<V> textMerge(TextConflicts conflicts, TextForm<V> form) {
        return new TextMerge<>(conflicts, form);
    }

    /**
     * The order over all JSON values: null, false, true, numbers by value, strings by code point, arrays element by element, objects by their
     * members in key order.
     */
    public static Comparator<JsonNode> jsonOrder() {
        return JsonOrder.INSTANCE;
    }

    /** Picks the value that is highest in the {@linkplain #jsonOrder() order}; else as {@link Resolvers#max}. */
    public static ConflictResolver<JsonNode> max() {
        return Resolvers.max(JsonOrder.INSTANCE);
    }

    /** Picks the value that is lowest in the {@linkplain #jsonOrder() order}; else as {@link Resolvers#min}. */
    public static ConflictResolver<JsonNode> min() {
        return Resolvers.min(JsonOrder.INSTANCE);
    }

    /**
     * Picks the longest value, by a string's characters, an array's or object's elements, anything else's characters in JSON; else as
     * {@link Resolvers#longest}.
     */
    public static ConflictResolver<JsonNode> longest() {
        return Resolvers.longest(DocumentResolvers::length);
    }

    private static long length(JsonNode value) {
        if (value.isContainerNode()) {
            return value.size();
        }
        return value.isTextual() ? value.textValue().length() : value.asText().length();
    }
}
