package io.entente.conflict.version;

/** How one set of writes, described by a {@link VersionVector}, relates to another (DDIA chapter 5). */
public enum Causality {
    /** Both hold the same writes. */
    EQUAL,
    /** This one lacks writes the other holds, and holds none the other lacks. */
    BEFORE,
    /** This one holds writes the other lacks, and lacks none the other holds. */
    AFTER,
    /** Each holds writes the other lacks. */
    CONCURRENT;

    /** What a comparison says, from whether each side holds all that the other does. */
    static Causality of(boolean holdsAllOfOther, boolean otherHoldsAll) {
        if (holdsAllOfOther) {
            return otherHoldsAll ? EQUAL : AFTER;
        }
        return otherHoldsAll ? BEFORE : CONCURRENT;
    }
}
