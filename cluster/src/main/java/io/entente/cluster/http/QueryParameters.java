package io.entente.cluster.http;

import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request's query parameters: each known to the resource, given at most once, and of a value it can have. Whatever isn't is a
 * problem that names it, so that a misspelt {@code wirte=3} is not silently a weaker promise.
 */
final class QueryParameters {

    static final String WRITE = "write";
    static final String READ = "read";
    static final String COPIES = "n";
    static final String TIMEOUT = "timeout";
    static final String ROUTING = "routing";

    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

    private static final Pattern WAIT = Pattern.compile("([0-9]{1,9})(ms|s)");

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a query.
     *
     * @param query what follows the {@code ?}, still encoded
     * @param known the parameters the resource takes
     */
    static QueryParameters parse(String query, List<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                add(pair, known, values);
            }
        }
        return new QueryParameters(values);
    }

    private static void add(String pair, List<String> known, Map<String, String> values) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        if (!known.contains(name)) {
            throw unknown(name, known).asException();
        }
        if (values.put(name, value) != null) {
            throw malformed(name, value, "it is given twice: give it once");
        }
    }

    private static Problem unknown(String name, List<String> known) {
        String remedy = known.isEmpty()
                ? "this path takes no query parameters"
                : "the parameters known here are " + String.join(", ", known);
        return Problem.of(
                ProblemKind.UNKNOWN_PARAMETER,
                "The query parameter " + Quote.of(name) + " is unknown: " + remedy + ".");
    }

    private static String decode(String component) {
        try {
            return PercentEncoding.decodeInQuery(component);
        } catch (IllegalArgumentException malformed) {
            throw Problem.of(ProblemKind.MALFORMED_TARGET, "In the query, " + malformed.getMessage() + ".")
                    .asException();
        }
    }

    /** A parameter's value. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether a switch is on: {@code true}, or just the name, for on; {@code false}, or nothing at all, for off. */
    boolean flag(String name) {
        String value = values.getOrDefault(name, "false");
        if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
            throw malformed(name, value, "write true or false");
        }
        return !value.equals("false");
    }

    /** A number inside a range. */
    int number(String name, int otherwise, int least, int most) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        boolean digits = value.matches("[0-9]{1,9}");
        if (!digits || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
            throw malformed(name, value, "write a number from " + least + " to " + most);
        }
        return Integer.parseInt(value);
    }

    /** For how long the request may wait, for everything together. */
    Duration timeout() {
        String value = values.get(TIMEOUT);
        if (value == null) {
            return DEFAULT_TIMEOUT;
        }
        Matcher wait = WAIT.matcher(value);
        if (wait.matches()) {
            long number = Long.parseLong(wait.group(1));
            Duration timeout = wait.group(2).equals("ms") ? Duration.ofMillis(number) : Duration.ofSeconds(number);
            if (!timeout.isZero() && timeout.compareTo(MAX_TIMEOUT) <= 0) {
                return timeout;
            }
        }
        throw malformed(
                TIMEOUT,
                value,
                "write a duration such as 500ms or 2s, more than nothing and up to " + MAX_TIMEOUT.toSeconds() + "s");
    }

    /** Whether a request that belongs to another node is sent there by its client, and not by this node. */
    boolean redirects() {
        String value = values.getOrDefault(ROUTING, "forward");
        if (!value.equals("forward") && !value.equals("redirect")) {
            throw malformed(ROUTING, value, "use forward or redirect");
        }
        return value.equals("redirect");
    }

    /** How many copies the request counts on, if it says so. */
    Optional<Integer> copies() {
        return text(COPIES).map(any -> number(COPIES, 1, 1, WriteConcern.MAXIMUM_COUNT));
    }

    /**
     * Whose evidence a write waits for.
     *
     * @param otherwise where the request says nothing
     */
    WriteConcern writeConcern(WriteConcern otherwise) {
        String value = values.get(WRITE);
        if (value == null) {
            return otherwise;
        }
        try {
            return WriteConcern.parse(value);
        } catch (IllegalArgumentException none) {
            throw malformed(WRITE, value, WriteConcern.OFFERED);
        }
    }

    /**
     * Whose vectors a read waits for.
     *
     * @param otherwise where the request says nothing
     */
    ReadConcern readConcern(ReadConcern otherwise) {
        String value = values.get(READ);
        if (value == null) {
            return otherwise.asksCopies() ? otherwise : ReadConcern.session();
        }
        String offered = "use local, session, leader, local-quorum, quorum, or a number of copies such as 2";
        try {
            return ReadConcern.parse(value);
        } catch (IllegalArgumentException none) {
            throw malformed(READ, value, offered + ", from 1 to " + ReadConcern.MAXIMUM_COUNT);
        }
    }

    private static ProblemException malformed(String name, String value, String remedy) {
        return Problem.of(
                        ProblemKind.MALFORMED_PARAMETER,
                        "The query parameter " + name + " can't be " + Quote.of(value) + ": " + remedy + ".")
                .asException();
    }
}
