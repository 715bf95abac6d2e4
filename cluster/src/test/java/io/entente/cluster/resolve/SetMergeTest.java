package io.entente.cluster.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.verify.ResolverVerifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code union} and {@code set-merge} make of arrays. */
class SetMergeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1,2]  | [1,2,3] | [1,2,4]     | [1,2,3,4]     | [1,2,3,4]
            [1,2]  | [1]     | [1,2,3]     | [1,2,3]       | [1,3]
            [1,2]  | [2,1]   | [2,1,3]     | [2,1,3]       | [1,2,3]
            [1,2]  | []      | [2,3]       | [2,3]         | [3]
            [1]    | [1.0,2] | [1,2.0,3]   | [1,2,3]     | [1,2,3]
            [1]    | [1,1]   | [1,3]       | [1,3]         | [1,3]
            absent | [2,1]   | [3,1]       | [2,1,3]       | [2,1,3]
            [1]    | absent  | [1]         | [1]           | absent
            [1]    | absent  | [1,2]       | [1,2]         | [1,2]
            [1]    | absent  | absent      | absent        | absent
            [1]    | [2]     | {"a":1}     | {"a":1}       | {"a":1}
            [{"a":1}] | [{"a":1},{"b":1}] | [{"a":1.0},{"c":1}] | [{"a":1},{"b":1},{"c":1}] | [{"a":1},{"b":1},{"c":1}]
            """)
    void arraysAreMergedAsSets(String ancestor, String eu, String us, String union, String merged) {
        assertThat(Documents.read(DocumentResolvers.union(), ancestor, eu, us)).isEqualTo(union);
        assertThat(Documents.read(DocumentResolvers.setMerge(), ancestor, eu, us))
                .isEqualTo(merged);
    }

    @Test
    void whatOneOfManyRemovedStaysAwayFromAMerge() {
        String[] siblings = {"[1,2]", "[2,3,4]", "[1,2,3,5]"};
        assertThat(Documents.read(DocumentResolvers.setMerge(), "[1,2,3]", siblings))
                .isEqualTo("[2,4,5]");
        assertThat(Documents.read(DocumentResolvers.union(), "[1,2,3]", siblings))
                .isEqualTo("[1,2,3,4,5]");
    }

    @Test
    void bothObeyTheLaws() {
        List.of(true, false)
                .forEach(threeWay -> ResolverVerifier.of(() -> new SetMerge(threeWay))
                        .values(List.of("[1]", "[2,1]", "[]", "[1,2,3]", "7").stream()
                                .map(Documents::json)
                                .toList())
                        .codec(Documents::bytes, Documents::json)
                        .verify());
    }
}
