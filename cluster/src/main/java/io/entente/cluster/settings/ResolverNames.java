package io.entente.cluster.settings;

import java.util.List;

/** The names by which configuration chooses a map's resolver; whatever else has a dot in it names a class. */
public final class ResolverNames {

    /** The latest write wins. */
    public static final String LAST_WRITER_WINS = "last-writer-wins";

    /** The earliest write wins. */
    public static final String FIRST_WRITER_WINS = "first-writer-wins";

    /** The write of the data center listed first wins. */
    public static final String DATA_CENTER_PRIORITY = "data-center-priority";

    /** The greatest value wins. */
    public static final String MAX = "max";

    /** The least value wins. */
    public static final String MIN = "min";

    /** The longest value wins. */
    public static final String LONGEST = "longest";

    /** All versions stay for the application to choose. */
    public static final String KEEP_ALL = "keep-all";

    /** All names. */
    public static final List<String> ALL =
            List.of(LAST_WRITER_WINS, FIRST_WRITER_WINS, DATA_CENTER_PRIORITY, MAX, MIN, LONGEST, KEEP_ALL);

    private static final List<String> LATER = List.of("json-merge", "text-merge", "per-field");

    private ResolverNames() {}

    static void check(String resolver) {
        Rules.require(
                !LATER.contains(resolver),
                "the resolver " + resolver + " is not offered by this version of Entente: use one of "
                        + String.join(", ", ALL) + ", or a class name");
        Rules.require(
                ALL.contains(resolver) || (resolver.contains(".") && !resolver.isBlank()),
                "the resolver '" + resolver + "' is unknown; the nearest one is " + Spelling.nearest(resolver, ALL)
                        + ": use one of " + String.join(", ", ALL) + ", or a class name with its package");
    }
}
