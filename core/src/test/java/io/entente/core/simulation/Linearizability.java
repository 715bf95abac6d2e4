package io.entente.core.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether calls that overlapped can be put into one order that each of them allows: each takes effect at one moment between its beginning
 * and its end (Herlihy and Wing, <i>Linearizability</i>, 1990).
 *
 * <p>The search is Wing and Gong's (<i>Testing and Verifying Concurrent Objects</i>, 1993): try each call that may come next, and go back
 * where none fits. With Lowe's remedy (<i>Testing for Linearizability</i>, 2017) no pair of done calls and state is tried twice.
 *
 * @param <S> the state of the object, with content equality
 * @param <C> what was called, with what it answered
 */
final class Linearizability<S, C> {

    private final Model<S, C> model;
    private final List<Call<C>> calls;
    private final Set<Configuration<S>> tried = new HashSet<>();
    private final int toBeDone;

    private Linearizability(Model<S, C> model, List<Call<C>> calls) {
        this.model = model;
        this.calls = new ArrayList<>(calls);
        this.calls.sort(java.util.Comparator.comparingLong(Call::began));
        this.toBeDone = (int) calls.stream().filter(Call::isOver).count();
    }

    /** The object as it would be if one call came after the other. */
    interface Model<S, C> {

        /** Before all calls. */
        S initial();

        /** After the call; empty when it can't have answered that in this state. */
        Optional<S> after(S state, C call);
    }

    /**
     * A call.
     *
     * @param what what was called and answered
     * @param began when
     * @param ended when; {@link Long#MAX_VALUE} for one of which nobody knows whether it took effect, or ever will
     */
    record Call<C>(C what, long began, long ended) {

        boolean isOver() {
            return ended != Long.MAX_VALUE;
        }
    }

    private record Configuration<S>(BitSet done, S state) {}

    /** Whether there is such an order. */
    static <S, C> boolean holds(Model<S, C> model, List<Call<C>> calls) {
        Linearizability<S, C> search = new Linearizability<>(model, calls);
        return search.canGoOn(new BitSet(), model.initial(), 0);
    }

    private boolean canGoOn(BitSet done, S state, int over) {
        if (over == toBeDone) {
            return true;
        }
        if (!tried.add(new Configuration<>((BitSet) done.clone(), state))) {
            return false;
        }
        long firstEnd = firstEndOfThoseLeft(done);
        for (int i = done.nextClearBit(0);
                i < calls.size() && calls.get(i).began() <= firstEnd;
                i = done.nextClearBit(i + 1)) {
            Call<C> call = calls.get(i);
            Optional<S> next = model.after(state, call.what());
            if (next.isPresent()) {
                done.set(i);
                if (canGoOn(done, next.get(), over + (call.isOver() ? 1 : 0))) {
                    return true;
                }
                done.clear(i);
            }
        }
        return false;
    }

    /** Nothing that began after this may come next: a call that has ended by then would have to come before it. */
    private long firstEndOfThoseLeft(BitSet done) {
        long first = Long.MAX_VALUE;
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            first = Math.min(first, calls.get(i).ended());
        }
        return first;
    }
}
