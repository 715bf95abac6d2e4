package io.entente.samples.resolver;

import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;

/**
 * Gives a seat that was sold twice to whoever booked first, and puts the others on the seat's waiting list: nobody is dropped in silence.
 *
 * <p><b>It can't prevent that a seat is sold twice; it decides afterwards.</b> Where each data center sells on its own, both have told their customer
 * "booked" before either hears of the other, and no function of the two writes can take that word back. What a resolver can do is to make
 * all data centers name the same winner without asking each other, and to show who lost, so that somebody or something can make it good: each
 * booking after the first is a promise that was broken. That suits businesses that overbook anyway. To never sell a seat twice, ask before answering: sell
 * each flight at one place, or have the write acknowledged by a majority, at the price of not selling while that is out of reach.
 *
 * <p>First is by the bookings' own times. A booking that saw others comes after them, whatever the clocks say ({@link Seat#book}); between those that
 * didn't, a clock that is wrong is unfair and no more. A seat says which bookings were cancelled, so that none of them comes back. A deletion beside bookings is
 * ignored: cancel what is to go, and delete a seat when the flight has gone.
 */
public final class SeatBooking implements ConflictResolver<Seat> {

    private final ConflictResolver<Seat> merging = Resolvers.merging(Seat::mergedWith);

    @Override
    public Resolution<Seat> resolve(Conflict<Seat> conflict) {
        return merging.resolve(conflict);
    }

    @Override
    public String name() {
        return "seat-booking";
    }
}
