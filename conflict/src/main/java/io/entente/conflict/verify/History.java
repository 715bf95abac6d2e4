package io.entente.conflict.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What happened to one key: writes in data centers, and data centers that heard all that another one had. A write replaces what its
 * data center had by then; what no other write has seen is in conflict. Immutable, as far as the values are.
 *
 * @param steps what happened, in this order
 * @param <V> the type of values
 */
public record History<V>(List<Step<V>> steps) {

    /** Copies the list. */
    public History {
        steps = List.copyOf(steps);
    }

    /** Something that happens. */
    public sealed interface Step<V> {}

    /**
     * A write.
     *
     * @param dataCenter where
     * @param millis when, by that data center's clock
     * @param value the value; empty for a deletion
     */
    public record Write<V>(String dataCenter, long millis, Optional<V> value) implements Step<V> {
        /** Refuses nulls. */
        public Write {
            Objects.requireNonNull(dataCenter, "dataCenter");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * One data center hears all that another one has, and resolves what is in conflict then.
     *
     * @param from who tells
     * @param to who hears
     */
    public record Bring<V>(String from, String to) implements Step<V> {
        /** Refuses nulls. */
        public Bring {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }
    }

    /** Nothing has happened yet. */
    public static <V> History<V> empty() {
        return new History<>(List.of());
    }

    /** Then a value is written. */
    public History<V> put(String dataCenter, long millis, V value) {
        return then(new Write<>(dataCenter, millis, Optional.of(value)));
    }

    /** Then the key is deleted. */
    public History<V> delete(String dataCenter, long millis) {
        return then(new Write<>(dataCenter, millis, Optional.empty()));
    }

    /** Then {@code to} hears all that {@code from} has. */
    public History<V> bring(String from, String to) {
        return then(new Bring<>(from, to));
    }

    private History<V> then(Step<V> step) {
        List<Step<V>> more = new ArrayList<>(steps);
        more.add(step);
        return new History<>(more);
    }

    /** This history without one of its steps. */
    History<V> without(int step) {
        List<Step<V>> fewer = new ArrayList<>(steps);
        fewer.remove(step);
        return new History<>(fewer);
    }

    /** This history with another step at one place. */
    History<V> with(int at, Step<V> step) {
        List<Step<V>> changed = new ArrayList<>(steps);
        changed.set(at, step);
        return new History<>(changed);
    }

    /** The history for a reader, a line a step. */
    public String story() {
        StringBuilder story = new StringBuilder();
        for (Step<V> step : steps) {
            story.append("  ").append(sentence(step)).append('\n');
        }
        return story.toString();
    }

    private static String sentence(Step<?> step) {
        if (step instanceof Write<?> write) {
            String what = write.value().map(value -> "writes " + value).orElse("deletes the key");
            return "at " + write.millis() + " ms " + write.dataCenter() + " " + what;
        }
        Bring<?> bring = (Bring<?>) step;
        return bring.to() + " hears what " + bring.from() + " has";
    }

    /** The calls that make this history of one in which nothing has happened, as Java source. */
    String calls(Function<? super V, String> source) {
        StringBuilder code = new StringBuilder();
        for (Step<V> step : steps) {
            code.append("\n        ").append(call(step, source));
        }
        return code.toString();
    }

    private static <V> String call(Step<V> step, Function<? super V, String> source) {
        if (step instanceof Write<V> write) {
            String where = "\"" + write.dataCenter() + "\", " + write.millis();
            return write.value()
                    .map(value -> ".put(" + where + ", " + source.apply(value) + ")")
                    .orElse(".delete(" + where + ")");
        }
        Bring<V> bring = (Bring<V>) step;
        return ".bring(\"" + bring.from() + "\", \"" + bring.to() + "\")";
    }
}
