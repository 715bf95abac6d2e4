package io.entente.core.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A topology as one line, and whether it fits the data centers there are. */
class PlanTextTest {

    private static final List<String> THREE = List.of("ap", "eu", "us");

    @ParameterizedTest
    @ValueSource(strings = {"all-to-all", "ring", "star us", "tree", "edges ap->eu eu->us us->ap", "edges a-->b b->a-"})
    void whatIsWrittenIsReadAgain(String text) {
        TopologyPlan plan = PlanText.parse(text);
        assertThat(PlanText.of(plan)).isEqualTo(text);
        assertThat(PlanText.parse(PlanText.of(plan))).isEqualTo(plan);
        assertThat(text).startsWith(PlanText.nameOf(plan));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ringg          | there is no topology 'ringg': choose all-to-all, ring, star, tree, edges
                    ``             | there is no topology '': choose all-to-all, ring, star, tree, edges
                    star           | a star needs one hub
                    star eu us     | a star needs one hub
                    ring eu        | takes nothing beside its name, but 'eu' was given
                    edges          | 0 edges make no topology
                    edges eu-us    | 'eu-us' is not an edge: write it like eu->us
                    edges eu->eu   | leads nowhere
                    """, quoteCharacter = '`')
    void whatMakesNoSenseIsRefusedInASentence(String text, String sentence) {
        assertThatThrownBy(() -> PlanText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aPlanByWhichSomebodyGetsNothingIsObjectedTo() {
        assertThat(PlanCheck.objection(PlanText.parse("edges ap->eu eu->us us->eu"), THREE))
                .hasValueSatisfying(why -> assertThat(why).contains("nothing written in 'eu' would ever reach 'ap'"));
        assertThat(PlanCheck.objection(PlanText.parse("star sa"), THREE))
                .hasValue("there is no data center 'sa': name one of ap, eu, us");
        assertThat(PlanCheck.objection(PlanText.parse("edges ap->sa"), THREE))
                .hasValue("there is no data center 'sa': name one of ap, eu, us");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-to-all", "ring", "star us", "tree", "edges ap->eu eu->us us->ap"})
    void aPlanByWhichEverybodyGetsEverythingIsNotObjectedTo(String text) {
        assertThat(PlanCheck.objection(PlanText.parse(text), THREE)).isEmpty();
    }
}
