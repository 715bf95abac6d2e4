package io.entente.conflict.verify;

/** What a resolver obeys. The algebraic ones are optional: replicas agree without them. */
public enum Law {
    /** Every conflict gets an answer: no exception, no null, no pick of a version that is no sibling. */
    ANSWERS("answers every conflict"),
    /** The same conflict gets the same answer, from the same object and from another one like it. */
    DETERMINISTIC("gives the same answer to the same conflict"),
    /** What was resolved before, and the order in which writes came, changes nothing. */
    INDEPENDENT_OF_ARRIVAL("does not depend on the order in which writes arrive"),
    /** The values it is handed are the same afterwards. */
    LEAVES_INPUTS_ALONE("leaves the values alone that it is handed"),
    /** A key whose versions are all deletions is absent: nothing is made of nothing. */
    RESPECTS_DELETIONS("makes no value out of deletions alone"),
    /** Versions with equal values are answered like any others. */
    TAKES_EQUAL_VALUES("answers conflicts between equal values"),
    /** So are many versions. */
    TAKES_MANY_SIBLINGS("answers conflicts of many versions"),
    /** Values, and what is made of them, come back equal from their bytes, and are resolved alike. */
    SURVIVES_THE_CODEC("treats values that were encoded and decoded like the originals"),
    /** Replicas that have the same writes read the same. */
    CONVERGES("makes replicas with the same writes read the same"),

    /** Optional: which data center wrote which of two values makes no difference. */
    COMMUTATIVE("is commutative"),
    /** Optional: resolving two of three first, then with the third, makes no difference. */
    ASSOCIATIVE("is associative"),
    /** Optional: two equal values give that value. */
    IDEMPOTENT("is idempotent");

    private final String words;

    Law(String words) {
        this.words = words;
    }

    /** The law as the end of a sentence: "the resolver …". */
    public String words() {
        return words;
    }

    /** Whether it is demanded only on request. */
    public boolean isOptional() {
        return this == COMMUTATIVE || this == ASSOCIATIVE || this == IDEMPOTENT;
    }
}
