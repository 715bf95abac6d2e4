package io.entente.core.simulation;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that happened in a history, folded into one number; told in words too, to whoever listens. */
final class Trace {

    private final Consumer<String> listener;
    private final boolean isHeard;
    private final Schedule schedule;
    private long hash = 0x9E3779B97F4A7C15L;
    private long events;

    private Trace(Schedule schedule, boolean isHeard, Consumer<String> listener) {
        this.schedule = schedule;
        this.isHeard = isHeard;
        this.listener = listener;
    }

    static Trace silent(Schedule schedule) {
        return new Trace(schedule, false, line -> {});
    }

    static Trace told(Schedule schedule, Consumer<String> listener) {
        return new Trace(schedule, true, listener);
    }

    /** Notes an event: what it was as a number, and in words. */
    void note(long what, Supplier<String> words) {
        events++;
        hash = mix(hash ^ mix(schedule.nowNanos()) ^ mix(what + events));
        if (isHeard) {
            listener.accept("%10.3f ms  %s".formatted(schedule.nowNanos() / 1e6, words.get()));
        }
    }

    long hash() {
        return hash;
    }

    long events() {
        return events;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
