package io.entente.samples.resolver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bookings of one seat: the first has it, the others wait, to be helped in this order by another seat, or by money. Immutable.
 *
 * @param bookings who was told that they have the seat, the earliest first
 * @param cancelled the references of bookings that were cancelled
 */
public record Seat(List<Booking> bookings, SortedSet<String> cancelled) {

    /** Orders the bookings; throws {@link IllegalArgumentException} for a reference that occurs twice, or was cancelled. */
    public Seat {
        List<Booking> ordered = new ArrayList<>(bookings);
        Collections.sort(ordered);
        bookings = List.copyOf(ordered);
        cancelled = Collections.unmodifiableSortedSet(new TreeSet<>(cancelled));
        SortedSet<String> references = new TreeSet<>(cancelled);
        for (Booking booking : bookings) {
            if (!references.add(booking.reference)) {
                throw new IllegalArgumentException(
                        "the booking " + booking + " is there twice, or cancelled: give each a reference of its own");
            }
        }
    }

    /**
     * A promise to a passenger. In the order of times; equal ones by reference.
     *
     * @param reference names this booking and no other
     * @param passenger whom
     * @param at when, in milliseconds since 1970
     */
    public record Booking(String reference, String passenger, long at) implements Comparable<Booking> {

        private static final Comparator<Booking> ORDER = Comparator.comparingLong(Booking::at)
                .thenComparing(Booking::reference)
                .thenComparing(Booking::passenger);

        @Override
        public int compareTo(Booking other) {
            return ORDER.compare(this, other);
        }
    }

    /** A seat that nobody has booked. */
    public static Seat free() {
        return new Seat(List.of(), Collections.emptySortedSet());
    }

    /** Who has the seat. */
    public Optional<String> passenger() {
        return bookings.stream().findFirst().map(Booking::passenger);
    }

    /** Who was promised the seat and doesn't have it. */
    public List<String> waiting() {
        return bookings.stream().skip(1).map(Booking::passenger).toList();
    }

    /** With one booking more, later than all that are known, whatever the clock says: whoever saw another's booking doesn't overtake it. */
    public Seat book(String reference, String passenger, long now) {
        long last = bookings.isEmpty() ? Long.MIN_VALUE : bookings.get(bookings.size() - 1).at;
        List<Booking> more = new ArrayList<>(bookings);
        more.add(new Booking(reference, passenger, Math.max(now, last + 1)));
        return new Seat(more, cancelled);
    }

    /** Without one booking. */
    public Seat cancel(String reference) {
        SortedSet<String> more = new TreeSet<>(cancelled);
        more.add(reference);
        return new Seat(
                bookings.stream()
                        .filter(booking -> !booking.reference.equals(reference))
                        .toList(),
                more);
    }

    /** What either booked and neither cancelled. Neither the order of the two nor doing so twice makes a difference. */
    public Seat mergedWith(Seat other) {
        SortedMap<String, Booking> merged = new TreeMap<>();
        bookings.forEach(booking -> merged.put(booking.reference, booking));
        other.bookings.forEach(
                booking -> merged.merge(booking.reference, booking, (a, b) -> a.compareTo(b) <= 0 ? a : b));
        SortedSet<String> gone = new TreeSet<>(cancelled);
        gone.addAll(other.cancelled);
        merged.keySet().removeAll(gone);
        return new Seat(List.copyOf(merged.values()), gone);
    }
}
