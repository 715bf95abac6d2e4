/**
 * What Entente knows about causality, time and conflicts, without any input or output.
 *
 * <p>Plug in a strategy of your own by implementing {@link io.entente.conflict.ConflictResolver}.
 */
module io.entente.conflict {
    requires static org.jspecify;

    exports io.entente.conflict;
    exports io.entente.conflict.clock;
    exports io.entente.conflict.merge;
    exports io.entente.conflict.verify;
    exports io.entente.conflict.version;
}
