package io.entente.conflict;

/** Leaves the choice to the application. */
final class KeepingAll<V> implements ConflictResolver<V> {

    @Override
    public Resolution<V> resolve(Conflict<V> conflict) {
        return Resolution.keepAll();
    }

    @Override
    public String name() {
        return "keep-all";
    }
}
