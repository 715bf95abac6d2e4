package io.entente.cluster.retirement;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void whoeverIsLateIsNamedInASentence() {
        assertThatThrownBy(
                        () -> Patience.answer(3, new CompletableFuture<>(), 0).join())
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("partition 3 has not answered within 0 s");
    }

    @Test
    void anotherFailureStaysWhatItIs() {
        assertThatThrownBy(() -> Patience.answer(3, CompletableFuture.failedFuture(new ArithmeticException("zero")), 5)
                        .join())
                .hasRootCauseInstanceOf(ArithmeticException.class);
    }
}
