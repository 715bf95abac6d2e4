package io.entente.conflict;

import java.util.Collections;

/** Picks the version with the lowest timestamp, ties by dot. */
final class FirstWriterWins<V> implements ConflictResolver<V> {

    @Override
    public Resolution<V> resolve(Conflict<V> conflict) {
        return Resolution.pick(Collections.min(conflict.siblings(), Version.byTime()));
    }

    @Override
    public String name() {
        return "first-writer-wins";
    }
}
