package io.entente.samples.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.cluster.map.Codec;
import io.entente.conflict.verify.Draws;
import io.entente.conflict.verify.Law;
import io.entente.conflict.verify.ResolverVerifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gets a seat that was sold twice, and what becomes of the others. */
class SeatBookingTest {

    private static final Codec<Seat> CODEC = Codec.json(Seat.class);
    private static final Seat ALICE = Seat.free().book("A1", "alice", 100);

    @Test
    void theEarlierBookingHasTheSeatAndTheOtherIsNotForgotten() {
        Seat merged = merge(ALICE, Seat.free().book("B1", "bob", 101));
        assertThat(merged.passenger()).contains("alice");
        assertThat(merged.waiting()).containsExactly("bob");
    }

    @Test
    void whoSawABookingDoesNotOvertakeItWhateverTheClockSays() {
        Seat merged = merge(ALICE.book("B1", "bob", 1), ALICE.book("C1", "carol", 2));
        assertThat(merged.passenger()).contains("alice");
        assertThat(merged.waiting()).containsExactly("bob", "carol");
    }

    @Test
    void whoCancelsIsOutAndTheNextMovesUp() {
        Seat both = ALICE.book("B1", "bob", 200);
        Seat merged = merge(both.cancel("A1"), both.book("C1", "carol", 300));
        assertThat(merged.passenger()).contains("bob");
        assertThat(merged.waiting()).containsExactly("carol");
    }

    @Test
    void aCancelledBookingDoesNotComeBackWhoeverElseHadNotHeardOfIt() {
        Seat seenByAll = merge(
                merge(ALICE.book("B1", "bob", 200), ALICE.cancel("A1")),
                Seat.free().book("C1", "carol", 50));
        assertThat(seenByAll.passenger()).contains("carol");
        assertThat(seenByAll.waiting()).containsExactly("bob");
    }

    @Test
    void aPassengerMayBookAgain() {
        assertThat(ALICE.cancel("A1").book("A2", "alice", 500).passenger()).contains("alice");
        assertThat(ALICE.cancel("A1").passenger()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALICE.book("A1", "bob", 500))
                .withMessageContaining("A1");
    }

    @Test
    void seatBookingObeysTheLaws() {
        ResolverVerifier.of(SeatBooking::new)
                .values(SeatBookingTest::drawn)
                .codec(CODEC::encode, CODEC::decode)
                .demanding(Law.COMMUTATIVE, Law.ASSOCIATIVE, Law.IDEMPOTENT)
                .verify();
    }

    private static Seat drawn(Draws draws) {
        Seat seat = Seat.free();
        for (String reference : List.of("A1", "B1", "C1")) {
            if (draws.percent(60)) {
                seat = seat.book(reference, draws.oneOf(List.of("alice", "bob")), draws.between(1, 3));
            } else if (draws.percent(50)) {
                seat = seat.cancel(reference);
            }
        }
        return seat;
    }

    private static Seat merge(Seat eu, Seat us) {
        return Sides.merge(new SeatBooking(), Optional.empty(), Optional.of(eu), Optional.of(us))
                .orElseThrow();
    }
}
