package io.entente.conflict.merge;

import java.util.Optional;

/**
 * The names of parts.
 *
 * <pre>
 * tag                              a counter, a register; the presence of a set, flag or map
 * tag '=' element                  an element; a flag is a set of the empty element
 * tag field 00 00 name             a part of a map's field; a character 00 of the field's name is written 00 01
 * </pre>
 */
public final class PartName {

    private static final char END = '\0';
    private static final char ESCAPED = '\1';
    private static final char ELEMENT = '=';

    private PartName() {}

    /** The part of an element of a set. */
    public static String element(MergeableType type, String element) {
        return element(String.valueOf(type.tag()), element);
    }

    static String element(String set, String element) {
        return set + ELEMENT + element;
    }

    /** The element of a part; nothing where the part is the set's presence. */
    static Optional<String> elementOf(String name) {
        return name.length() > 1 && name.charAt(1) == ELEMENT ? Optional.of(name.substring(2)) : Optional.empty();
    }

    static String field(String map, String field) {
        return map + field.replace(String.valueOf(END), "" + END + ESCAPED) + END + END;
    }

    /** A field's name, and the name of the part inside the field. */
    record InField(String field, String name) {}

    /** The field that a map's part belongs to; nothing where it is the map's presence, or no such name. */
    static Optional<InField> inField(String name) {
        StringBuilder field = new StringBuilder();
        for (int i = 1; i + 1 < name.length(); i++) {
            char each = name.charAt(i);
            if (each == END && name.charAt(i + 1) == END) {
                return Optional.of(new InField(field.toString(), name.substring(i + 2)));
            }
            field.append(each);
            i += each == END ? 1 : 0;
        }
        return Optional.empty();
    }

    static boolean isSet(MergeableType type) {
        return type == MergeableType.ADD_WINS_SET || type == MergeableType.REMOVE_WINS_SET;
    }

    static boolean isFlag(MergeableType type) {
        return type == MergeableType.FLAG || type == MergeableType.DISABLE_WINS_FLAG;
    }

    static boolean removesWin(MergeableType type) {
        return type == MergeableType.REMOVE_WINS_SET || type == MergeableType.DISABLE_WINS_FLAG;
    }

    static String operationsOf(MergeableType type) {
        return switch (type) {
            case COUNTER -> "increment";
            case FLAG, DISABLE_WINS_FLAG -> "enable";
            case MULTI_VALUE_REGISTER, REGISTER -> "set";
            case ADD_WINS_SET, REMOVE_WINS_SET -> "add and remove";
            case MAP -> "set, update and remove";
        };
    }
}
