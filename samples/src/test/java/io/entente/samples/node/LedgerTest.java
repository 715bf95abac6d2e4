package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge of the faults test notices what it is there to notice. */
class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void whatWasAcknowledgedAndIsThereIsRight() {
        write("a");
        ledger.attempts("b");
        ledger.checkFacts("eu", Map.of("a", Ledger.valueOf("a"), "b", Ledger.valueOf("b")));
        ledger.checkFacts("eu", Map.of("a", Ledger.valueOf("a")));
    }

    @Test
    void aLostWriteIsNoticed() {
        write("a");
        assertThatThrownBy(() -> ledger.checkFacts("eu", Map.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a reads as null");
    }

    @Test
    void anotherValueIsNoticed() {
        write("a");
        assertThatThrownBy(() -> ledger.checkFacts("eu", Map.of("a", Ledger.valueOf("b"))))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void whatNobodyWroteIsNoticed() {
        assertThatThrownBy(() -> ledger.checkFacts("eu", Map.of("a", Ledger.valueOf("a"))))
                .isInstanceOf(AssertionError.class);
        ledger.attempts("key", "one");
        assertThatThrownBy(() -> ledger.checkContended("eu", Map.of("key", "two")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> ledger.checkContended("eu", Map.of("other", "one")))
                .isInstanceOf(AssertionError.class);
    }

    private void write(String fact) {
        ledger.attempts(fact);
        ledger.acknowledges(fact);
    }
}
