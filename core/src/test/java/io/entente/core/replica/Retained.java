package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.StoreReader;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a replica holds on to beside its store: every object of Entente reachable from it, collections looked through. The same
 * replica gives the same count on every machine.
 *
 * @param objects how many objects of Entente
 * @param contentBytes how many bytes of content, each array counted once
 */
record Retained(long objects, long contentBytes) {

    private static final String OURS = "io.entente.";

    /** What can be reached from the object, stores excepted. */
    static Retained by(Object root) {
        return by(root, object -> true);
    }

    /** How many objects of that class can be reached. */
    static long count(Object root, Class<?> of) {
        return by(root, of::isInstance).objects;
    }

    private static Retained by(Object root, Predicate<Object> counted) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> next = new ArrayDeque<>();
        next.add(root);
        long objects = 0;
        long content = 0;
        while (!next.isEmpty()) {
            Object here = next.remove();
            if (here instanceof StoreReader || here.getClass().isEnum() || !seen.add(here)) {
                continue;
            }
            objects += here.getClass().getName().startsWith(OURS) && counted.test(here) ? 1 : 0;
            content += here instanceof Bytes bytes ? bytes.length() : 0;
            addAllIn(here, next);
        }
        return new Retained(objects, content);
    }

    private static void addAllIn(Object holder, Deque<Object> next) {
        if (holder instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                add(key, next);
                add(value, next);
            });
        } else if (holder instanceof Collection<?> collection) {
            collection.forEach(element -> add(element, next));
        } else if (holder instanceof Optional<?> optional) {
            optional.ifPresent(element -> add(element, next));
        } else if (holder instanceof Object[]) {
            for (int i = 0; i < Array.getLength(holder); i++) {
                add(Array.get(holder, i), next);
            }
        } else if (holder.getClass().getName().startsWith(OURS)) {
            addFields(holder, next);
        }
    }

    private static void addFields(Object holder, Deque<Object> next) {
        for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    add(valueOf(field, holder), next);
                }
            }
        }
    }

    private static @Nullable Object valueOf(Field field, Object holder) {
        try {
            AccessibleObject.setAccessible(new AccessibleObject[] {field}, true);
            return field.get(holder);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(@Nullable Object object, Deque<Object> next) {
        if (object != null) {
            next.add(object);
        }
    }
}
