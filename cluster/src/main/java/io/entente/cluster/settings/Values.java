package io.entente.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Readers of single values; each throws {@link IllegalArgumentException} with what the value should be. */
final class Values {

    private static final String KEY = "value";

    private Values() {}

    /** Reads one kind of value. */
    @FunctionalInterface
    interface Reader<T> extends Function<ConfigValue, T> {}

    static String text(ConfigValue value) {
        return get(value, Config::getString, "write a text");
    }

    static boolean flag(ConfigValue value) {
        return get(value, Config::getBoolean, "write on or off");
    }

    static Reader<Integer> integer(String what, int least, int most) {
        return value -> {
            String text = text(value);
            if (!text.matches("-?[0-9]{1,9}")) {
                throw new IllegalArgumentException("it is not a number: " + what + " is " + least + " to " + most);
            }
            return Rules.between(what, Integer.parseInt(text), least, most);
        };
    }

    static Reader<Duration> duration(Duration least, Duration most) {
        return value -> Rules.between(
                get(value, Config::getDuration, "write a duration with its unit, such as 500 ms, 2 s or 1 min"),
                least,
                most);
    }

    /** A size in bytes that fits the range. */
    static Reader<Integer> size(String what, int least, int most) {
        return value -> {
            long bytes = get(value, Config::getBytes, "write a size with its unit, such as 64 KiB or 1 MiB");
            return Rules.between(
                    what, (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, bytes)), least, most);
        };
    }

    /** A size in bytes that fits the range, which may be beyond that of an int. */
    static Reader<Long> largeSize(String what, long least, long most) {
        return value -> Rules.between(
                what,
                get(value, Config::getBytes, "write a size with its unit, such as 512 MiB or 4 GiB"),
                least,
                most);
    }

    /** A list, or one text with commas. */
    static <T> Reader<List<T>> list(Function<String, T> element) {
        return value -> {
            if (value instanceof ConfigList list) {
                return list.stream().map(Values::text).map(element).toList();
            }
            String text = get(value, Config::getString, "write a list, such as [a, b]");
            return Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .map(element)
                    .toList();
        };
    }

    /**
     * One of several words.
     *
     * @param offered what the words mean
     * @param later words that another version knows
     */
    static <T> Reader<T> choice(Map<String, T> offered, List<String> later) {
        return value -> {
            String text = text(value);
            T meant = offered.get(text);
            if (meant != null) {
                return meant;
            }
            String allowed = ": use " + String.join(" or ", offered.keySet());
            throw new IllegalArgumentException(
                    later.contains(text)
                            ? "this version of Entente does not offer " + text + " yet" + allowed
                            : "'" + text + "' is unknown" + allowed);
        };
    }

    private static <T> T get(ConfigValue value, BiFunction<Config, String, T> getter, String remedy) {
        if (value.valueType() == ConfigValueType.NULL) {
            throw new IllegalArgumentException("it has no value: " + remedy + ", or remove the key");
        }
        try {
            return getter.apply(value.atKey(KEY), KEY);
        } catch (ConfigException malformed) {
            throw new IllegalArgumentException("it is malformed: " + remedy, malformed);
        }
    }
}
