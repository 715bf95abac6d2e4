package io.entente.cluster.map;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Some entries of a map, in the order of their keys' UTF-8.
 *
 * @param entries the entries, absent keys left out; there may be fewer than asked for, none even, though more follow
 * @param next the key to go on after, if there may be more
 * @param <E> the type of entries
 */
public record Page<E>(List<E> entries, Optional<String> next) {

    public Page {
        entries = List.copyOf(entries);
        Objects.requireNonNull(next, "next");
    }
}
