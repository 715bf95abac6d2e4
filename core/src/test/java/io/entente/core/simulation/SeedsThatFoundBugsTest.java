package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Histories that fail as soon as a rule is taken out of the replica. Each rule stands for a bug that the simulation found; what the
 * rule protects is told by scripts too, which survive a change in how seeds are turned into histories.
 */
class SeedsThatFoundBugsTest {

    @ParameterizedTest(name = "seed {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    5    | a member that forgot how often it lived takes a number after the one others count
                    10   | a deletion that becomes stable in its own step is looked at again in a later one
                    34   | the report of a life that is over never wins over one of a later life
                    66   | an answer to a new life counts only when it was made after that life was noted
                    179  | a vector to catch up with is forgotten when a member began a new life since
                    1247 | what a replica reports before it is admitted again is no evidence of stability
                    """)
    void aHistoryThatFoundABugObeysEveryLaw(long seed, String rule) {
        assertThat(Simulation.run(seed).writes()).as(rule).isPositive();
    }
}
