package io.entente.core.store;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One value for each table, none missing. As thread-safe as a map: read by many as long as nobody changes it.
 *
 * @param <T> what there is one of for each table
 */
public final class PerTable<T> {

    private final Map<Table, T> values = new EnumMap<>(Table.class);

    /** Asks for the value of each table, in the tables' order. */
    public PerTable(Function<Table, ? extends T> values) {
        for (Table table : Table.values()) {
            set(table, values.apply(table));
        }
    }

    /** The value of a table. */
    public T get(Table table) {
        return Objects.requireNonNull(values.get(table));
    }

    /** Replaces the value of a table. */
    public void set(Table table, T value) {
        values.put(table, Objects.requireNonNull(value));
    }

    /** The values in the tables' order; a view. */
    public Collection<T> all() {
        return Collections.unmodifiableCollection(values.values());
    }
}
