package io.entente.samples.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.map.Codec;
import io.entente.conflict.verify.Draws;
import io.entente.conflict.verify.ResolverVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gets a seat that was sold twice, and what becomes of the others. */
class SeatBookingTest {

    private static final Codec<Seat> CODEC = Codec.json(Seat.class);

    @Test
    void theEarlierBookingHasTheSeatAndTheOtherIsNotForgotten() {
        assertThat(merge(seat(), seat("alice"), seat("bob"))).isEqualTo(seat("alice", "bob"));
    }

    @Test
    void whoHadTheSeatKeepsIt() {
        assertThat(merge(seat("alice"), seat("alice", "bob"), seat("alice", "carol")))
                .isEqualTo(seat("alice", "bob", "carol"));
    }

    @Test
    void whoCancelsIsOutAndTheNextMovesUp() {
        assertThat(merge(seat("alice", "bob"), seat("bob"), seat("alice", "bob", "carol")))
                .isEqualTo(seat("bob", "carol"));
    }

    @Test
    void aReleasedSeatGoesToWhoBookedItMeanwhile() {
        assertThat(merge(seat("alice"), seat(), seat("alice", "bob"))).isEqualTo(seat("bob"));
        assertThat(merge(seat("alice"), seat(), seat("alice"))).isEmpty();
    }

    @Test
    void aBookingThatCameTwiceIsOne() {
        assertThat(merge(seat(), seat("alice", "bob"), seat("bob", "carol"))).isEqualTo(seat("alice", "bob", "carol"));
    }

    @Test
    void seatBookingObeysTheLaws() {
        ResolverVerifier.of(SeatBooking::new)
                .values(SeatBookingTest::drawn)
                .codec(CODEC::encode, CODEC::decode)
                .verify();
    }

    private static Seat drawn(Draws draws) {
        List<String> passengers = new ArrayList<>(List.of("alice", "bob", "carol"));
        String first = passengers.remove(draws.between(0, 2));
        return new Seat(first, passengers.subList(0, draws.between(0, 2)));
    }

    private static Optional<Seat> seat(String... bookings) {
        return bookings.length == 0
                ? Optional.empty()
                : Optional.of(new Seat(bookings[0], List.of(bookings).subList(1, bookings.length)));
    }

    private static Optional<Seat> merge(Optional<Seat> before, Optional<Seat> eu, Optional<Seat> us) {
        return Sides.merge(new SeatBooking(), before, eu, us);
    }
}
