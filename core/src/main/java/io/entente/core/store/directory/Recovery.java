package io.entente.core.store.directory;

/**
 * What may be said of a store after its opening.
 *
 * @param state the judgement
 * @param reason why, as a sentence for the operator
 */
public record Recovery(State state, String reason) {

    /** The judgements, from the best to the worst. */
    public enum State {
        /**
         * No batch was ever committed in this directory. It says nothing of the node's past: a wiped one looks the
         * same.
         */
        FRESH,
        /** Every commit that ever returned is there, and this is proven. */
        INTACT,
        /** Commits that returned may be missing, or their presence can't be proven. */
        MAY_HAVE_LOST
    }

    static Recovery fresh(String reason) {
        return new Recovery(State.FRESH, reason);
    }

    static Recovery intact(String reason) {
        return new Recovery(State.INTACT, reason);
    }

    static Recovery mayHaveLost(String reason) {
        return new Recovery(State.MAY_HAVE_LOST, reason);
    }

    /** Whether the state is {@link State#MAY_HAVE_LOST}. */
    public boolean mayHaveLost() {
        return state == State.MAY_HAVE_LOST;
    }
}
