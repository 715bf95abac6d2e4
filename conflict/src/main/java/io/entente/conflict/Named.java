package io.entente.conflict;

import java.util.Objects;

/** A resolver under a declared name and version. */
final class Named<V> implements ConflictResolver<V> {

    private static final int MAX_NAME_LENGTH = 128;

    private final String name;
    private final int version;
    private final ConflictResolver<V> resolver;

    Named(String name, int version, ConflictResolver<V> resolver) {
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("The resolver name '" + name + "' must have 1 to " + MAX_NAME_LENGTH
                    + " characters and not be blank.");
        }
        if (version < 1) {
            throw new IllegalArgumentException(
                    "The version " + version + " of the resolver " + name + " must be at least 1.");
        }
        this.name = name;
        this.version = version;
        this.resolver = Objects.requireNonNull(resolver, "resolver");
    }

    @Override
    public Resolution<V> resolve(Conflict<V> conflict) {
        return resolver.resolve(conflict);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public boolean needsAncestor() {
        return resolver.needsAncestor();
    }
}
