package io.entente.core.store.memory;

import io.entente.core.bytes.Bytes;
import java.util.TreeMap;

/** The content of one table, changed in place while nobody pins it and copied before a change otherwise. */
final class Generation {

    private final TreeMap<Bytes, Bytes> content;
    private int pins;

    Generation() {
        this(new TreeMap<>());
    }

    private Generation(TreeMap<Bytes, Bytes> content) {
        this.content = content;
    }

    TreeMap<Bytes, Bytes> content() {
        return content;
    }

    void pin() {
        pins++;
    }

    void unpin() {
        pins--;
    }

    /** This one when it may be changed, a copy of it when someone still reads it. */
    Generation changeable() {
        return pins == 0 ? this : new Generation(new TreeMap<>(content));
    }
}
