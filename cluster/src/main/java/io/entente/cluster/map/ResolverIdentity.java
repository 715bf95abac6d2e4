package io.entente.cluster.map;

import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolvers;

/**
 * By what nodes tell whether they resolve a map alike.
 *
 * @param name the resolver's declared name
 * @param version its declared version
 */
public record ResolverIdentity(String name, int version) {

    /** Of maps that nobody configured or registered. */
    public static final ResolverIdentity DEFAULT = of(Resolvers.lastWriterWins());

    /** How long a name may be: nodes tell each other all of them, again and again. */
    public static final int MOST_NAME_LENGTH = 256;

    /**
     * What a resolver says of itself.
     *
     * @throws IllegalArgumentException when it says nothing, or nothing of use
     */
    static ResolverIdentity of(ConflictResolver<?> resolver) {
        String type = resolver.getClass().getName();
        String name;
        int version;
        try {
            name = resolver.name();
            version = resolver.version();
        } catch (RuntimeException | LinkageError | StackOverflowError failed) {
            throw new IllegalArgumentException(
                    "the resolver " + type + " fails when it is asked for its name: " + BoundedCalls.described(failed),
                    failed);
        }
        if (name == null || name.isBlank() || name.length() > MOST_NAME_LENGTH) {
            throw new IllegalArgumentException("the resolver " + type + " has no name of 1 to " + MOST_NAME_LENGTH
                    + " characters: wrap it with Resolvers.named");
        }
        return new ResolverIdentity(name, version);
    }

    /** {@code name@version}. */
    @Override
    public String toString() {
        return name + "@" + version;
    }
}
