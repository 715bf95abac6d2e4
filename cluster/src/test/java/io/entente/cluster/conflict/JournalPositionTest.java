package io.entente.cluster.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.core.message.NodeId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How far somebody has read, as a text. */
class JournalPositionTest {

    private static final NodeId EU = new NodeId("eu", "eu-1");
    private static final JournalPosition SOME =
            new JournalPosition(0, new TreeMap<>(Map.of(0, 5L << 40, 3, 7L << 40, 7, 1L)));

    @Test
    void aPositionIsReadBackFromItsText() {
        String text = SOME.text(EU);
        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(JournalPosition.parse(EU, text)).isEqualTo(SOME);
        assertThat(JournalPosition.parse(EU, JournalPosition.START.text(EU))).isEqualTo(JournalPosition.START);
    }

    @Test
    void aPositionOfAnotherNodeIsRefused() {
        assertThatThrownBy(() -> JournalPosition.parse(new NodeId("us", "us-1"), SOME.text(EU)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another node");
    }

    @Test
    void whatIsNoPositionIsRefused() {
        String text = SOME.text(EU);
        for (String other : new String[] {
            "",
            "!",
            "AAAA",
            text.substring(1),
            text + "A",
            text.substring(0, 8) + "x" + text.substring(9),
            "x".repeat(9_000)
        }) {
            assertThatThrownBy(() -> JournalPosition.parse(EU, other))
                    .as(other)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aPositionInManyPartitionsFitsIntoAHeaderAndNothingIsReadTwice() {
        TreeMap<Integer, Long> reached = new TreeMap<>();
        for (int partition = 0; partition < 1_024; partition++) {
            reached.put(partition, (1_800_000_000_000L + 37L * (partition % 500)) << 16);
        }
        String text = new JournalPosition(0, reached).text(EU);
        assertThat(text.length()).isLessThan(4 << 10);
        JournalPosition read = JournalPosition.parse(EU, text);
        reached.forEach((partition, position) -> assertThat(read.of(partition)).isGreaterThanOrEqualTo(position));
        assertThat(read.reached()).hasSize(JournalPosition.MOST_NAMED);
        assertThat(reached).containsAllEntriesOf(read.reached());
    }
}
