package io.entente.cluster.http;

import io.entente.cluster.settings.DataLimits;
import io.entente.core.record.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads map and key from a path, decoded and within the limits. */
final class RecordAddress {

    private static final Pattern MAP = Pattern.compile("[A-Za-z0-9._-]+");
    private static final int MAP_SEGMENT = 1;
    private static final int KEY_SEGMENT = 2;

    private RecordAddress() {}

    /** The map of {@code /maps/{map}…}. */
    static String map(RequestTarget target, DataLimits limits) {
        String map = decode(target.segments().get(MAP_SEGMENT), ProblemKind.MALFORMED_MAP, "the map's name ");
        requireMap(map, limits);
        return map;
    }

    /** Throws the problem that this is no map's name. */
    static void requireMap(String map, DataLimits limits) {
        if (map.length() > limits.mapNameLength() || !MAP.matcher(map).matches()) {
            throw Problem.of(
                            ProblemKind.MALFORMED_MAP,
                            Quote.of(map) + " is no name of a map: use 1 to " + limits.mapNameLength()
                                    + " of the characters A-Z a-z 0-9 . _ -")
                    .asException();
        }
    }

    /** The record of {@code /maps/{map}/{key}}. */
    static RecordKey record(RequestTarget target, DataLimits limits) {
        String map = map(target, limits);
        String key = decode(target.segments().get(KEY_SEGMENT), ProblemKind.MALFORMED_KEY, "the key ");
        requireKey(key, limits);
        return new RecordKey(map, key);
    }

    /** Throws the problem that this is no key. */
    static void requireKey(String key, DataLimits limits) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0) {
            throw malformedKey(
                    "the key '' is empty: name one behind the last slash, or leave that slash out to list the map");
        }
        if (bytes > limits.keyBytes()) {
            throw malformedKey("the key " + Quote.of(key) + " has " + bytes + " bytes of UTF-8: use at most "
                    + limits.keyBytes() + ", or raise entente.limits.key on all nodes");
        }
    }

    private static String decode(String segment, ProblemKind kind, String what) {
        try {
            return PercentEncoding.decode(segment);
        } catch (IllegalArgumentException malformed) {
            throw Problem.of(kind, "in " + what + Quote.of(segment) + ", " + malformed.getMessage())
                    .asException();
        }
    }

    private static ProblemException malformedKey(String detail) {
        return Problem.of(ProblemKind.MALFORMED_KEY, detail).asException();
    }
}
