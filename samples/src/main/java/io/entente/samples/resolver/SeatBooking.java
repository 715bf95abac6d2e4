package io.entente.samples.resolver;

import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Version;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives a seat that was sold twice to one passenger, and puts the others on the seat's waiting list: nobody is dropped in silence.
 *
 * <p><b>It can't prevent that a seat is sold twice; it decides afterwards.</b> Where each data center sells on its own, both have told their customer
 * "booked" before either hears of the other, and no function of the two writes can take that word back. What a resolver can do is to make
 * all data centers name the same winner without asking each other, and to show who lost, so that somebody or something can make it good: each
 * entry in {@code waiting} is a promise that was broken. That suits businesses that overbook anyway. To never sell a seat twice, ask before answering: sell
 * each flight at one place, or have the write acknowledged by a majority, at the price of not selling while that is out of reach.
 *
 * <p>The rule: bookings that both sides had seen keep their order, so a conflict never takes a seat from somebody who had it. New ones follow in the order in which
 * they were written. Whoever cancelled on one side is out, and the next moves up; a deleted seat cancels all bookings its writer had seen.
 */
public final class SeatBooking implements ConflictResolver<Seat> {

    @Override
    public Resolution<Seat> resolve(Conflict<Seat> conflict) {
        List<String> before = conflict.ancestor().map(SeatBooking::bookings).orElse(List.of());
        Set<String> bookings = new LinkedHashSet<>(before);
        conflict.siblings().forEach(side -> bookings.retainAll(kept(before, side)));
        List<Version<Seat>> byTime = new ArrayList<>(conflict.siblings());
        byTime.sort(Version.byTime());
        for (Version<Seat> side : byTime) {
            List<String> added = new ArrayList<>(bookings(side));
            added.removeAll(before);
            bookings.addAll(added);
        }
        return bookings.isEmpty() ? Resolution.deleted() : Resolution.merged(seat(List.copyOf(bookings)));
    }

    private static List<String> bookings(Version<Seat> side) {
        return side.value().map(Seat::bookings).orElse(List.of());
    }

    private static List<String> kept(List<String> before, Version<Seat> side) {
        return before.stream().filter(bookings(side)::contains).toList();
    }

    private static Seat seat(List<String> bookings) {
        return new Seat(bookings.get(0), bookings.subList(1, bookings.size()));
    }

    @Override
    public String name() {
        return "seat-booking";
    }

    @Override
    public boolean needsAncestor() {
        return true;
    }
}
