package io.entente.cluster.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import io.entente.conflict.verify.Law;
import io.entente.conflict.verify.ResolverVerifier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code per-field} promises, rule by rule. */
class PerFieldTest {

    private static ConflictResolver<JsonNode> composition() {
        return DocumentResolvers.perField(
                Map.of(
                        "price",
                        DocumentResolvers.max(),
                        "tags",
                        DocumentResolvers.union(),
                        "roles",
                        DocumentResolvers.setMerge(),
                        "owner",
                        Resolvers.dataCenterPriority(List.of("eu")),
                        "text",
                        DocumentResolvers.textMerge(TextConflicts.BOTH, TextForm.json()),
                        "address",
                        DocumentResolvers.perField(
                                Map.of("zip", DocumentResolvers.min()), DocumentResolvers.jsonMerge())),
                Resolvers.lastWriterWins());
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"price":1}             | {"price":3}           | {"price":2}           | {"price":3}                 | each field by its resolver
            {"tags":["a"]}          | {"tags":["a","b"]}    | {"tags":["c"]}        | {"tags":["a","b","c"]}      | a union of what both changed
            {"roles":["a"]}         | {"roles":["a","b"]}   | {"roles":["c"]}       | {"roles":["b","c"]}         | a merge of sets
            {"owner":1}             | {"owner":2}           | {"owner":3}           | {"owner":2}                 | where it was written
            {"text":"a\\nb\\nc"}    | {"text":"A\\nb\\nc"}  | {"text":"a\\nb\\nC"}  | {"text":"A\\nb\\nC"}        | a merge of texts
            {"x":1}                 | {"x":2}               | {"x":3}               | {"x":3}                     | the rest by its own
            {"price":5}             | {"price":3}           | {"price":5,"x":1}     | {"price":3,"x":1}           | what one side changed is taken without asking
            {"price":5}             | {"price":3}           | {"price":3}           | {"price":3}                 | and so is what both changed alike
            {"price":5}             | {}                    | {"price":3}           | {"price":3}                 | a removal is a deletion to max, which ignores it
            {"x":1}                 | {"x":2}               | {}                    | {}                          | and to the last writer, with whom it competes
            {"address":{"zip":5}}   | {"address":{"zip":3}} | {"address":{"zip":4}} | {"address":{"zip":3}}       | fields of objects inside
            {"address":{"n":{}}}    | {"address":{"n":{"a":1}}} | {"address":{"n":{"b":1}}} | {"address":{"n":{"a":1,"b":1}}} | and their rest
            absent                  | {"price":2,"x":1}     | {"price":1,"y":1}     | {"price":2,"x":1,"y":1}     | without an ancestor all was added
            {"x":1}                 | absent                | {"x":1}               | absent                      | a deletion beats what was not changed
            {"x":1}                 | {"x":2}               | absent                | {"x":2}                     | and not what was
            {"x":1}                 | {"x":2}               | 7                     | 7                           | what is no object is a whole
            """)
    void aConflictIsMergedByRule(String ancestor, String eu, String us, String merged, String rule) {
        assertThat(Documents.read(composition(), ancestor, eu, us)).as(rule).isEqualTo(merged);
    }

    @Test
    void aFieldsResolverIsHandedWhoChangedTheFieldAndItsAncestor() {
        ConflictResolver<JsonNode> telling = conflict -> Resolution.merged(Documents.json("\""
                + conflict.map() + "/" + conflict.key() + " "
                + conflict.siblings().stream()
                        .map(version -> version.dataCenter() + "="
                                + version.value().map(JsonNode::toString).orElse("-"))
                        .toList()
                + " of " + conflict.ancestor().orElseThrow().value().orElseThrow() + "\""));
        assertThat(Documents.read(
                        DocumentResolvers.perField(Map.of("n", telling), Resolvers.lastWriterWins()),
                        "{\"n\":1}",
                        "{\"n\":2}",
                        "{\"n\":1,\"other\":1}",
                        "{}"))
                .contains("documents/d [eu=2, ap=-] of 1");
    }

    @Test
    void aFieldThatKeepsAllLeavesTheConflictUnresolvedAndSaysWhy() {
        assertThat(Documents.read(
                        DocumentResolvers.perField(Map.of("n", Resolvers.keepAll()), Resolvers.lastWriterWins()),
                        "absent",
                        "{\"n\":1}",
                        "{\"n\":2}"))
                .contains("keep-all", "'n'", "can't keep several");
    }

    @Test
    void itsNameTellsCompositionsApart() {
        ConflictResolver<JsonNode> rest = Resolvers.lastWriterWins();
        assertThat(DocumentResolvers.perField(
                                Map.of("b", DocumentResolvers.max(), "a", DocumentResolvers.union()), rest)
                        .name())
                .isEqualTo("per-field(a=union,b=max,rest=last-writer-wins)");
        assertThat(DocumentResolvers.perField(Map.of("a", Resolvers.named("house-rule", 2, rest)), rest)
                        .name())
                .isEqualTo("per-field(a=house-rule@2,rest=last-writer-wins)");
    }

    @Test
    void aCompositionNamesAField() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentResolvers.perField(Map.of(), Resolvers.lastWriterWins()))
                .withMessageContaining("at least one field");
    }

    @Test
    void perFieldObeysTheLaws() {
        ResolverVerifier.of(() -> DocumentResolvers.perField(
                        Map.of("a", DocumentResolvers.max(), "b", DocumentResolvers.union()),
                        DocumentResolvers.jsonMerge()))
                .values(Documents::document)
                .codec(Documents::bytes, Documents::json)
                .demanding(Law.IDEMPOTENT)
                .verify();
    }
}
