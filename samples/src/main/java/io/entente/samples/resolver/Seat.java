package io.entente.samples.resolver;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Who has a seat, and who was promised it too. A seat that nobody has is no value: its key is deleted. Immutable.
 *
 * @param passenger who sits there
 * @param waiting who else holds a booking, in the order in which they are to be helped: by another seat, or by money
 */
public record Seat(String passenger, List<String> waiting) {

    /** Copies the list; throws {@link IllegalArgumentException} for somebody who is named twice. */
    public Seat {
        waiting = List.copyOf(waiting);
        List<String> all = new ArrayList<>(waiting);
        all.add(passenger);
        if (new HashSet<>(all).size() < all.size()) {
            throw new IllegalArgumentException("the bookings " + all + " name somebody twice: name each once");
        }
    }

    /** A seat with one booking. */
    public static Seat of(String passenger) {
        return new Seat(passenger, List.of());
    }

    /** All bookings, that of the passenger first. */
    public List<String> bookings() {
        List<String> bookings = new ArrayList<>();
        bookings.add(passenger);
        bookings.addAll(waiting);
        return List.copyOf(bookings);
    }
}
