package io.entente.cluster.map;

import io.entente.conflict.ConflictResolver;

/**
 * By what nodes tell whether they resolve a map alike.
 *
 * @param name the resolver's declared name
 * @param version its declared version
 */
public record ResolverIdentity(String name, int version) {

    static ResolverIdentity of(ConflictResolver<?> resolver) {
        return new ResolverIdentity(resolver.name(), resolver.version());
    }

    /** {@code name@version}. */
    @Override
    public String toString() {
        return name + "@" + version;
    }
}
