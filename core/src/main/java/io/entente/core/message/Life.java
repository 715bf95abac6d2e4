package io.entente.core.message;

import java.util.Objects;

/**
 * One uninterrupted life of a member's memory, numbered, so that of two lives everybody knows the later one.
 *
 * <p>A member that begins anew doesn't know how often it has lived. It begins with 0; when it hears that others have counted a
 * life of its that comes after, it takes a higher number. So what it said in lives before never counts again, however late it
 * arrives and through whomever.
 *
 * <p>Lives come in <i>terms</i>. Retiring a member ends its term: no life of that term counts any more, however high its number. A member
 * comes back in the next term, with a memory that begins empty.
 *
 * @param term how often the member was retired before this memory began; not negative
 * @param number how many lives came before, as far as the member knew; not negative
 * @param registration tells lives apart that took the same number
 */
public record Life(long term, long number, Registration registration) implements Comparable<Life> {

    public Life {
        Objects.requireNonNull(registration, "registration");
        if (term < 0 || number < 0) {
            throw new IllegalArgumentException("the number " + term + "." + number + " of a life is negative");
        }
    }

    /** A life of a member that was never retired. */
    public Life(long number, Registration registration) {
        this(0, number, registration);
    }

    /** The first life, as far as its member knows. */
    public static Life first(Registration registration) {
        return new Life(0, registration);
    }

    /** The first life of a term, as far as its member knows. */
    public Life inTerm(long newTerm) {
        return new Life(newTerm, 0, registration);
    }

    /** This life under a number that comes after the other one of the same term. */
    public Life after(Life other) {
        return new Life(term, Math.max(number, other.number) + 1, registration);
    }

    /** Whether this life comes after the other one. */
    public boolean isAfter(Life other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Life other) {
        int byTerm = Long.compare(term, other.term);
        int byNumber = byTerm != 0 ? byTerm : Long.compare(number, other.number);
        return byNumber != 0 ? byNumber : registration.compareTo(other.registration);
    }

    @Override
    public String toString() {
        return term + "." + number + "-" + registration;
    }
}
