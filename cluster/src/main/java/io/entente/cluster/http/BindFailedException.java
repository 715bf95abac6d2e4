package io.entente.cluster.http;

import io.entente.cluster.settings.Address;
import java.net.SocketException;

/** The HTTP server can't listen where it was told to. The message is one sentence with address and remedy. */
public final class BindFailedException extends RuntimeException {

    BindFailedException(Address address, Throwable cause) {
        super(sentence(address, cause), cause);
    }

    private static String sentence(Address address, Throwable cause) {
        String reason = String.valueOf(root(cause).getMessage());
        String place = "The HTTP server can't listen on " + address + ": ";
        if (reason.contains("Address already in use")) {
            return place + "the port is in use by another process; stop that one, or choose another port with"
                    + " entente.http.port.";
        }
        if (reason.contains("Permission denied")) {
            return place
                    + "the port is reserved for privileged processes; choose one above 1023 with entente.http.port.";
        }
        return place + "this machine has no such address (" + reason + "); name one of its own with entente.http.host.";
    }

    /** Akka wraps the network's failure; its message says what happened. */
    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && !(root instanceof SocketException)) {
            root = root.getCause();
        }
        return root;
    }
}
