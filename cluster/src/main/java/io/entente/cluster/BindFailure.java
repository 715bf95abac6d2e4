package io.entente.cluster;

import io.entente.cluster.settings.EntenteSettings;
import java.net.BindException;

/** Says in one sentence why a node could not take its port. */
final class BindFailure {

    private BindFailure() {}

    /** The exception itself, or one that says which port is taken. */
    static RuntimeException explain(RuntimeException failure, EntenteSettings settings) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("Failed to bind TCP")) {
                return new IllegalStateException(
                        "port " + settings.node().address().port() + " on "
                                + settings.node().listenHost()
                                + " can't be bound: it is in use or not this machine's; choose another with entente.port",
                        failure);
            }
        }
        return failure;
    }
}
