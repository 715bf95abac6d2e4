package io.entente.cluster.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Version;
import io.entente.conflict.verify.Law;
import io.entente.conflict.verify.ResolverVerifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code json-merge} promises, rule by rule. */
class JsonMergeTest {

    private final ConflictResolver<JsonNode> merge = DocumentResolvers.jsonMerge();

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1,"b":1}       | {"a":2,"b":1}     | {"a":1,"b":2}      | {"a":2,"b":2}           | changes of different fields are both taken
            {"a":1}             | {"a":1,"b":1}     | {"a":1,"c":1}      | {"a":1,"b":1,"c":1}     | so are fields that were added
            {"a":1,"b":1}       | {"b":1}           | {"a":1,"b":2}      | {"b":2}                 | what was removed on one side stays away
            {"a":1,"b":1}       | {"a":2,"b":1}     | {"b":1}            | {"a":2,"b":1}           | a changed field beats one that was removed
            {"a":1,"b":1}       | {"b":2}           | {"b":1}            | {"b":2}                 | removed on both sides is removed
            {"a":1}             | {"a":2}           | {"a":3}            | {"a":3}                 | the later write wins a field that both changed
            {"a":1,"b":1}       | {"a":2,"b":2}     | {"a":3,"b":1}      | {"a":3,"b":2}           | and that field only
            {"a":1}             | {"a":2}           | {"a":2}            | {"a":2}                 | the same change on both sides is one
            {"a":1}             | {"a":2}           | {"a":1.0}          | {"a":2}                 | a number written in another way is no change
            {"a":{"x":1,"y":1}} | {"a":{"x":2,"y":1}} | {"a":{"x":1,"y":2}} | {"a":{"x":2,"y":2}} | objects inside are merged by field
            {"a":{"x":1,"y":1}} | {"a":{"x":2,"y":1}} | {"a":5}          | {"a":5}                 | the later write wins a field that changed its type
            {"a":{"x":1,"y":1}} | {}                | {"a":{"x":1,"y":2}} | {"a":{"x":1,"y":2}}   | an object that was changed beats its removal
            {"a":5}             | {"a":{"x":1}}     | {"a":{"y":1}}      | {"a":{"x":1,"y":1}}     | objects in the place of something else are merged
            {"a":[1]}           | {"a":[1,2]}       | {"a":[1]}          | {"a":[1,2]}             | an array that one side changed is taken
            {"a":[1]}           | {"a":[1,2]}       | {"a":[1,3]}        | {"a":[1,3]}             | the later write wins an array that both changed
            {"a":1}             | {"a":null}        | {"a":1,"b":1}      | {"a":null,"b":1}        | null is a value
            {"a":null}          | {}                | {"a":null,"b":1}   | {"b":1}                 | and not a removal
            {"a":1}             | {"a":null}        | {}                 | {"a":null}              | against which it wins
            {"a":1}             | absent            | {"a":1}            | absent                  | a deletion beats a document that was not changed
            {"a":1}             | {"a":2}           | absent             | {"a":2}                 | a changed document beats its deletion
            {"a":1}             | absent            | absent             | absent                  | of deletions nothing is made
            absent              | {"a":1}           | {"b":1}            | {"a":1,"b":1}           | without an ancestor everything was added
            absent              | {"a":1,"b":1}     | {"a":2}            | {"a":2,"b":1}           | and fields that differ are won by the later write
            absent              | {"a":1}           | absent             | {"a":1}                 | a value beats a deletion of nothing
            1                   | 2                 | {"a":1}            | {"a":1}                 | the later write wins where a value is no object
            {"a":1}             | [1]               | {"a":2}            | {"a":2}                 | whatever it was before
            {"b":1,"a":1}       | {"a":2,"b":1,"d":1} | {"c":1,"b":2,"a":1} | {"b":2,"a":2,"d":1,"c":1} | fields keep their order
            """)
    void aConflictIsMergedByRule(String ancestor, String eu, String us, String merged, String rule) {
        assertThat(Documents.read(merge, ancestor, eu, us)).as(rule).isEqualTo(merged);
    }

    @Test
    void anyNumberOfSiblingsIsMergedAtOnce() {
        assertThat(Documents.read(
                        merge,
                        "{\"a\":1,\"b\":1,\"c\":1}",
                        "{\"a\":2,\"b\":2,\"c\":1}",
                        "{\"a\":1,\"b\":3,\"c\":1}",
                        "{\"a\":1,\"b\":1}"))
                .isEqualTo("{\"a\":2,\"b\":3}");
    }

    @Test
    void aSiblingThatChangedNothingLosesEvenWhenItIsTheLatest() {
        assertThat(Documents.read(merge, "{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":1}"))
                .isEqualTo("{\"a\":3}");
    }

    @Test
    void objectsAreMergedToABoundedDepth() {
        assertThat(Documents.read(merge, nested(63, "{}"), nested(63, "{\"x\":1}"), nested(63, "{\"y\":1}")))
                .isEqualTo(nested(63, "{\"x\":1,\"y\":1}"));
        assertThat(Documents.read(merge, nested(64, "{}"), nested(64, "{\"x\":1}"), nested(64, "{\"y\":1}")))
                .isEqualTo(nested(64, "{\"y\":1}"));
        String deep = nested(900, "{}");
        assertThat(Documents.read(merge, "{}", deep, nested(900, "[]"))).isEqualTo(nested(900, "[]"));
    }

    private static String nested(int depth, String inside) {
        return "{\"a\":".repeat(depth) + inside + "}".repeat(depth);
    }

    @Test
    void theOrderOfArrivalMakesNoDifference() {
        Conflict<JsonNode> conflict = Documents.conflict(
                Optional.of(Documents.json("{\"a\":1}")), "{\"a\":2}", "{\"a\":1,\"b\":1}", "{\"a\":3}");
        List<Version<JsonNode>> reversed = new ArrayList<>(conflict.siblings());
        Collections.reverse(reversed);
        assertThat(Documents.words(merge, new Conflict<>("documents", "d", reversed, conflict.ancestor())))
                .isEqualTo(Documents.words(merge, conflict))
                .isEqualTo("{\"a\":3,\"b\":1}");
    }

    @Test
    void itAsksForTheAncestor() {
        assertThat(merge.needsAncestor()).isTrue();
        assertThat(merge.name()).isEqualTo("json-merge");
    }

    @Test
    void jsonMergeObeysTheLaws() {
        ResolverVerifier.of(DocumentResolvers::jsonMerge)
                .values(Documents::document)
                .codec(Documents::bytes, Documents::json)
                .demanding(Law.IDEMPOTENT)
                .verify();
    }
}
