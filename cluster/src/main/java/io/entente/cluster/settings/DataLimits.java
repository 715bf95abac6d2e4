package io.entente.cluster.settings;

/**
 * What a client may ask for; a request beyond a limit is refused and changes nothing.
 *
 * @param keyBytes the longest key, in bytes of UTF-8, 16 to 16,384
 * @param valueBytes the largest value's content, in bytes, 1,024 to 16 MiB
 * @param mapNameLength the longest name of a map, in characters, 16 to 128
 * @param tokenBytes the longest text of a session token or context, in bytes, 1,024 to 4,096
 * @param siblings the most versions of a key that a client's write may leave, 2 to 1,000
 * @param mergeableBytes the most bytes that the parts of a mergeable value may have for it to be read as a whole, 64 KiB to 16 MiB
 */
public record DataLimits(
        int keyBytes, int valueBytes, int mapNameLength, int tokenBytes, int siblings, int mergeableBytes) {

    static final int LEAST_KEY = 16;
    static final int MOST_KEY = 16 << 10;
    static final int LEAST_VALUE = 1 << 10;
    static final int MOST_VALUE = 16 << 20;
    static final int LEAST_MAP_NAME = 16;
    static final int MOST_MAP_NAME = 128;
    static final int LEAST_TOKEN = 1 << 10;
    static final int MOST_TOKEN = 4 << 10;
    static final int LEAST_SIBLINGS = 2;
    static final int MOST_SIBLINGS = 1_000;
    static final int LEAST_MERGEABLE = 64 << 10;
    static final int MOST_MERGEABLE = 16 << 20;

    /** Throws {@link IllegalArgumentException} for a limit out of range. */
    public DataLimits {
        Rules.between("the limit of a key in bytes", keyBytes, LEAST_KEY, MOST_KEY);
        Rules.between("the limit of a value in bytes", valueBytes, LEAST_VALUE, MOST_VALUE);
        Rules.between("the limit of a map's name", mapNameLength, LEAST_MAP_NAME, MOST_MAP_NAME);
        Rules.between("the limit of a token in bytes", tokenBytes, LEAST_TOKEN, MOST_TOKEN);
        Rules.between("the limit of siblings", siblings, LEAST_SIBLINGS, MOST_SIBLINGS);
        Rules.between("the limit of a mergeable value in bytes", mergeableBytes, LEAST_MERGEABLE, MOST_MERGEABLE);
    }

    /** With the largest mergeable values that there can be. */
    public DataLimits(int keyBytes, int valueBytes, int mapNameLength, int tokenBytes, int siblings) {
        this(keyBytes, valueBytes, mapNameLength, tokenBytes, siblings, MOST_MERGEABLE);
    }

    /** The limits that {@code reference.conf} sets. */
    public static DataLimits defaults() {
        return new DataLimits(1 << 10, 1 << 20, 128, 4 << 10, 64);
    }
}
