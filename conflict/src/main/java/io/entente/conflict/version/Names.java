package io.entente.conflict.version;

/** The rule that names of nodes and data centers obey: 1 to 64 of {@code A-Z a-z 0-9 . _ -}. */
final class Names {

    private static final int MAX_LENGTH = 64;

    private Names() {}

    /** Returns {@code name}, or says which rule it breaks; {@code what} is the noun of that sentence. */
    static String check(String what, String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH || !isPlain(name)) {
            throw new IllegalArgumentException(
                    "The " + what + " name '" + name + "' must match [A-Za-z0-9._-]{1,64}; rename the " + what + ".");
        }
        return name;
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            if (!letter && !digit && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
