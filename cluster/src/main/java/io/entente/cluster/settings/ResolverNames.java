package io.entente.cluster.settings;

import io.entente.cluster.resolve.ApplicationResolvers;
import java.util.ArrayList;
import java.util.List;

/** The names by which configuration chooses a map's resolver; whatever else there is are services, and classes with a dot in their name. */
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

    /** Documents are merged field by field. */
    public static final String JSON_MERGE = "json-merge";

    /** Texts are merged line by line. */
    public static final String TEXT_MERGE = "text-merge";

    /** The elements of all arrays. */
    public static final String UNION = "union";

    /** Arrays are merged as sets. */
    public static final String SET_MERGE = "set-merge";

    /** Each field of a document has a resolver of its own. */
    public static final String PER_FIELD = "per-field";

    /** All names. */
    public static final List<String> ALL = List.of(
            LAST_WRITER_WINS,
            FIRST_WRITER_WINS,
            DATA_CENTER_PRIORITY,
            MAX,
            MIN,
            LONGEST,
            KEEP_ALL,
            JSON_MERGE,
            TEXT_MERGE,
            UNION,
            SET_MERGE,
            PER_FIELD);

    private ResolverNames() {}

    /** Throws {@link IllegalArgumentException} for a name that can't be one; whether a class is there shows when it is loaded. */
    static void check(String resolver) {
        if (ALL.contains(resolver)) {
            return;
        }
        ApplicationResolvers services = ApplicationResolvers.onClassPath();
        if (services.names().contains(resolver) || isClassName(resolver)) {
            return;
        }
        List<String> known = new ArrayList<>(ALL);
        known.addAll(services.names());
        String unusable = services.problems().isEmpty() ? "" : " (" + String.join("; ", services.problems()) + ")";
        throw new IllegalArgumentException("the resolver '" + resolver + "' is unknown; the nearest one is "
                + Spelling.nearest(resolver, known) + ": use one of " + String.join(", ", known)
                + ", or a class name with its package" + unusable);
    }

    private static boolean isClassName(String resolver) {
        return resolver.contains(".") && !resolver.isBlank();
    }
}
