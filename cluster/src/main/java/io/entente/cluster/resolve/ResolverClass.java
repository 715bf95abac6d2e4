package io.entente.cluster.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.ConflictResolver;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** An application's resolver that configuration names by its class. */
final class ResolverClass {

    private ResolverClass() {}

    /**
     * A resolver of JSON trees.
     *
     * @throws IllegalArgumentException with class and reason when there is no such class, or it is no such resolver
     */
    static ConflictResolver<JsonNode> instantiate(String className) {
        try {
            Class<?> type = Class.forName(className, true, classLoader());
            requireResolverOfJson(type);
            Constructor<?> constructor = type.getConstructor();
            @SuppressWarnings("unchecked") // as far as the class declares what it resolves
            ConflictResolver<JsonNode> resolver = (ConflictResolver<JsonNode>) constructor.newInstance();
            return resolver;
        } catch (ClassNotFoundException missing) {
            throw unusable(className, "is not on the class path: add its jar, or correct the name", missing);
        } catch (NoSuchMethodException missing) {
            throw unusable(className, "has no public constructor without arguments: give it one", missing);
        } catch (InstantiationException | IllegalAccessException closed) {
            throw unusable(className, "can't be instantiated: make it public and not abstract", closed);
        } catch (InvocationTargetException failed) {
            throw unusable(className, "threw in its constructor: " + failed.getTargetException(), failed);
        } catch (LinkageError broken) {
            throw unusable(className, "can't be loaded: " + broken, broken);
        }
    }

    /** Where the application's classes are. */
    static ClassLoader classLoader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? ResolverClass.class.getClassLoader() : ofThread;
    }

    /**
     * Checks what a class says it resolves, as far as it does.
     *
     * @throws IllegalArgumentException with class and reason when it is no resolver of JSON trees
     */
    static void requireResolverOfJson(Class<?> type) {
        if (!ConflictResolver.class.isAssignableFrom(type)) {
            throw unusable(type.getName(), "does not implement " + ConflictResolver.class.getName(), null);
        }
        for (Type implemented : type.getGenericInterfaces()) {
            if (implemented instanceof ParameterizedType resolver
                    && resolver.getRawType() == ConflictResolver.class
                    && resolver.getActualTypeArguments()[0] instanceof Class<?> values
                    && !values.isAssignableFrom(JsonNode.class)) {
                throw unusable(
                        type.getName(),
                        "resolves " + values.getName() + ": in configuration it must resolve "
                                + JsonNode.class.getName() + ", or register the map in code",
                        null);
            }
        }
    }

    private static IllegalArgumentException unusable(
            String className, String reason, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException("the resolver class " + className + " " + reason, cause);
    }
}
