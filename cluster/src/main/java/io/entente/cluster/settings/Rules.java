package io.entente.cluster.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What single values must obey, whether they come from a file or from code; each violation says what is allowed. */
final class Rules {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MAX_PORT = 65_535;

    private Rules() {}

    static String name(String name) {
        require(
                NAME.matcher(name).matches(),
                "'" + name + "' is no name: use 1 to 64 of the characters A-Z a-z 0-9 . _ -");
        return name;
    }

    /** The members of a cluster: names, or names with data centers, but not some of each. */
    static List<String> members(List<String> members) {
        List<String> names = new ArrayList<>();
        for (String member : members) {
            String[] parts = member.split("/", -1);
            boolean wellFormed = parts.length <= 2
                    && Arrays.stream(parts).allMatch(part -> NAME.matcher(part).matches());
            require(
                    wellFormed,
                    "'" + member
                            + "' is no member: write a node's name, or data center and name as in eu/eu-1, each of 1 to 64"
                            + " of the characters A-Z a-z 0-9 . _ -");
            names.add(parts[parts.length - 1]);
        }
        distinct("the member", names);
        long placed = members.stream().filter(member -> member.contains("/")).count();
        require(
                placed == 0 || placed == members.size(),
                "some of the members " + members + " are named with their data center and some are not: name all as"
                        + " data-center/name, or all by their names alone");
        return List.copyOf(members);
    }

    static String host(String host) {
        boolean plain = !host.isEmpty() && host.chars().noneMatch(c -> c <= ' ' || c == '/' || c == '@');
        require(plain, "'" + host + "' is no host: give a host name or an IP address, without port or scheme");
        return host;
    }

    static int port(int port) {
        return between("a port", port, 0, MAX_PORT);
    }

    static int between(String what, int value, int least, int most) {
        require(value >= least && value <= most, value + " is out of range: " + what + " is " + least + " to " + most);
        return value;
    }

    static long between(String what, long value, long least, long most) {
        require(value >= least && value <= most, value + " is out of range: " + what + " is " + least + " to " + most);
        return value;
    }

    static Duration between(Duration value, Duration least, Duration most) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                text(value) + " is out of range: give " + text(least) + " to " + text(most));
        return value;
    }

    static <T> List<T> distinct(String what, List<T> values) {
        Set<T> seen = new HashSet<>();
        for (T value : values) {
            require(seen.add(value), what + " " + value + " is named twice: name it once");
        }
        return List.copyOf(values);
    }

    static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    private static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1_000 == 0 && millis != 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
