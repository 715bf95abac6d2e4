package io.entente.conflict.merge;

import java.util.Arrays;
import java.util.Optional;

/** How a value merges what was done to it concurrently. */
public enum MergeableType {
    /** A sum: every increment counts once. */
    COUNTER("counter", 'c'),
    /** A flag that is on where one of the last to switch it, none of whom had seen another's, switched it on. */
    FLAG("flag", 'e'),
    /** A flag that is off where one of the last to switch it switched it off. */
    DISABLE_WINS_FLAG("disable-wins-flag", 'd'),
    /** All values that nobody has replaced who had seen them. */
    MULTI_VALUE_REGISTER("multi-value-register", 'v'),
    /** A set that holds what one of the last to touch it has added. */
    ADD_WINS_SET("add-wins-set", 'a'),
    /** A set that holds what all of the last to touch it have added. */
    REMOVE_WINS_SET("remove-wins-set", 'r'),
    /** Fields, each with a value of one of these types. */
    MAP("map", 'm'),
    /** One value, the last writer's among concurrent ones. Only as a field of a map; a map of registers needs no operations. */
    REGISTER("register", 'l');

    private final String label;
    private final char tag;

    MergeableType(String label, char tag) {
        this.label = label;
        this.tag = tag;
    }

    /** The name in configuration and operations. */
    public String label() {
        return label;
    }

    /** The first character of the names of this type's parts: it never changes. */
    char tag() {
        return tag;
    }

    /** The type of a name. */
    public static Optional<MergeableType> of(String label) {
        return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
    }

    static Optional<MergeableType> ofTag(char tag) {
        return Arrays.stream(values()).filter(type -> type.tag == tag).findFirst();
    }
}
