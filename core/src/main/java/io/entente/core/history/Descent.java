package io.entente.core.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which values stand for which others, as far as clients said so themselves: a value stands for those its writer had been shown and asked
 * to replace, and for what these stand for. Made of nothing but values; shares no code with the replica. No value may be written twice. Not thread-safe.
 */
public final class Descent {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<BitSet> ancestors = new ArrayList<>();

    /**
     * A client asks to write a value, to replace those.
     *
     * @throws IllegalArgumentException when nobody asked to write one of these
     */
    public void asked(String value, Collection<String> replaced) {
        BitSet all = new BitSet();
        for (String each : replaced) {
            all.set(numberOf(each));
            all.or(ancestors.get(numberOf(each)));
        }
        numbers.put(value, ancestors.size());
        ancestors.add(all);
    }

    /**
     * Whether that value is shown, or one that stands for it.
     *
     * @throws IllegalArgumentException when nobody asked to write one of these
     */
    public boolean isCovered(String value, Collection<String> shown) {
        int number = numberOf(value);
        for (String each : shown) {
            if (each.equals(value) || ancestors.get(numberOf(each)).get(number)) {
                return true;
            }
        }
        return false;
    }

    private int numberOf(String value) {
        Integer number = numbers.get(value);
        if (number == null) {
            throw new IllegalArgumentException("nobody asked to write " + value);
        }
        return number;
    }
}
