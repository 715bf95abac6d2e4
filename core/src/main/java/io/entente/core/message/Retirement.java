package io.entente.core.message;

/**
 * That a member is retired: whatever it wrote in a term counts no further than the members that remain have it.
 *
 * @param term the term of the retired memory, see {@link Life}; not negative. Earlier terms of the same member are retired too
 * @param sealed whether whoever says so holds all that the remaining members have of the retired one's writes, will never apply more of
 *     them, and no longer counts it
 */
public record Retirement(long term, boolean sealed) {

    public Retirement {
        if (term < 0) {
            throw new IllegalArgumentException("the term " + term + " of a retirement is negative");
        }
    }

    /** Both as said by one replica in one life of its memory: terms only rise, and what is sealed stays so. */
    public Retirement join(Retirement other) {
        if (term != other.term) {
            return term > other.term ? this : other;
        }
        return new Retirement(term, sealed || other.sealed);
    }
}
