package io.entente.core.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether calls that overlapped can be put into one order that each of them allows: each takes effect at one moment between its beginning
 * and its end (Herlihy and Wing, <i>Linearizability</i>, 1990).
 *
 * <p>The search is Wing and Gong's (<i>Testing and Verifying Concurrent Objects</i>, 1993): try each call that may come next, and go back
 * where none fits. With Lowe's remedy (<i>Testing for Linearizability</i>, 2017) no pair of done calls and state is tried twice. Still it takes exponential time in the
 * number of calls that overlap, and that of calls whose end nobody knows; thousands of calls of few clients are no matter.
 *
 * @param <S> the state of the object, with content equality
 * @param <C> what was called, with what it answered
 */
public final class Linearizability<S, C> {

    private final Model<S, C> model;
    private final List<Call<C>> calls;
    private final Set<Configuration<S>> tried = new HashSet<>();
    private final Deque<Attempt<S>> attempts = new ArrayDeque<>();
    private final BitSet done = new BitSet();
    private int left;

    private Linearizability(Model<S, C> model, List<Call<C>> calls) {
        this.model = model;
        this.calls = new ArrayList<>(calls);
        this.calls.sort(Comparator.comparingLong(Call::began));
        this.left = (int) calls.stream().filter(Call::isOver).count();
    }

    /**
     * The object as it would be if one call came after the other.
     *
     * @param <S> its state, with content equality
     * @param <C> what was called, with what it answered
     */
    public interface Model<S, C> {

        /** Before all calls. */
        S initial();

        /** After the call; empty when it can't have answered that in this state. */
        Optional<S> after(S state, C call);
    }

    /**
     * A call.
     *
     * @param what what was called and answered
     * @param began when, on a clock that all calls have in common
     * @param ended when; {@link Long#MAX_VALUE} for one of which nobody knows whether it took effect, or ever will
     * @param <C> what was called, with what it answered
     */
    public record Call<C>(C what, long began, long ended) {

        /** Whether it has ended. */
        public boolean isOver() {
            return ended != Long.MAX_VALUE;
        }
    }

    private record Configuration<S>(BitSet done, S state) {}

    /** A call that was put next, the state after it, and which call is to be tried behind it. */
    private static final class Attempt<S> {
        private final S state;
        private final int chosen;
        private final long firstEnd;
        private int next;

        private Attempt(S state, int chosen, long firstEnd) {
            this.state = state;
            this.chosen = chosen;
            this.firstEnd = firstEnd;
        }
    }

    /** Whether there is such an order. */
    public static <S, C> boolean holds(Model<S, C> model, List<Call<C>> calls) {
        return new Linearizability<>(model, calls).search();
    }

    private boolean search() {
        attempt(model.initial(), -1);
        while (left > 0 && !attempts.isEmpty()) {
            goOn(attempts.getLast());
        }
        return left == 0;
    }

    /** Puts another call behind that one, or takes that one back when there is none to try. */
    private void goOn(Attempt<S> last) {
        int i = done.nextClearBit(last.next);
        last.next = i + 1;
        if (i < calls.size() && calls.get(i).began() <= last.firstEnd) {
            Optional<S> after = model.after(last.state, calls.get(i).what());
            if (after.isPresent()) {
                done.set(i);
                left -= calls.get(i).isOver() ? 1 : 0;
                attempt(after.get(), i);
            }
            return;
        }
        attempts.removeLast();
        if (last.chosen >= 0) {
            takeBack(last.chosen);
        }
    }

    private void attempt(S state, int chosen) {
        if (tried.add(new Configuration<>((BitSet) done.clone(), state))) {
            attempts.addLast(new Attempt<>(state, chosen, firstEndOfThoseLeft()));
        } else {
            takeBack(chosen);
        }
    }

    private void takeBack(int chosen) {
        done.clear(chosen);
        left += calls.get(chosen).isOver() ? 1 : 0;
    }

    /** Nothing that began after this may come next: a call that has ended by then would have to come before it. */
    private long firstEndOfThoseLeft() {
        long first = Long.MAX_VALUE;
        for (int i = done.nextClearBit(0);
                i < calls.size() && calls.get(i).began() <= first;
                i = done.nextClearBit(i + 1)) {
            first = Math.min(first, calls.get(i).ended());
        }
        return first;
    }
}
