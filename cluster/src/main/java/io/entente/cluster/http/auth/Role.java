package io.entente.cluster.http.auth;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. Each role may what those before it may. */
public enum Role {
    /** Reads values, conflicts, the cluster's state and its figures. */
    READER,
    /** Writes and deletes values. */
    WRITER,
    /** Does what operators do: everything under {@code /admin/}. */
    OPERATOR;

    /** Whether who has this role may do what that one may. */
    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As people write it, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role that people write so. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** All roles as people write them, the weakest first. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Role::word).toList();
    }
}
