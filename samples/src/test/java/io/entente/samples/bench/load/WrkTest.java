package io.entente.samples.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.samples.bench.load.Wrk.Answered;
import org.junit.jupiter.api.Test;

/** What wrk says is understood, and what it doesn't say is no figure. */
class WrkTest {

    @Test
    void whatIsServedIsCountedWithoutWhatIsRefused() {
        Answered answered = Answered.of("""
                Running 2s test @ http://127.0.0.1:8081/
                  2 threads and 64 connections
                entente: requests=1000 micros=2000000 refused=250 broken=3 p50=1500 p99=20250
                """);
        assertThat(answered).isEqualTo(new Answered(375, 0.25, 3, 1.5, 20.25));
    }

    @Test
    void aLoadWithoutAnAnswerIsNoFigure() {
        assertThat(Answered.of("entente: requests=0 micros=1000000 refused=0 broken=64 p50=0 p99=0"))
                .isEqualTo(new Answered(0, 0, 64, 0, 0));
        assertThatThrownBy(() -> Answered.of("unable to connect to 127.0.0.1:8081 Connection refused"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Connection refused");
    }
}
