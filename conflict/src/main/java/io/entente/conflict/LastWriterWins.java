package io.entente.conflict;

/** Picks the version with the highest timestamp, ties by dot. */
final class LastWriterWins<V> implements ConflictResolver<V> {

    @Override
    public Resolution<V> resolve(Conflict<V> conflict) {
        return Resolution.pick(conflict.lastWritten());
    }

    @Override
    public String name() {
        return "last-writer-wins";
    }
}
