package io.entente.samples.terminal;

import io.entente.cluster.http.BindFailedException;
import io.entente.cluster.map.EntenteException;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.settings.SettingsException;
import io.entente.core.store.StoreException;
import io.entente.core.store.directory.DirectoryRefusedException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/** What is said to the user about an exception: one sentence a problem, never a stack trace. */
public final class Sentences {

    private Sentences() {}

    /** The sentences for an exception, at least one. One that nobody foresaw goes to the log with its stack trace. */
    public static List<String> of(Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof SettingsException settings) {
            return settings.problems();
        }
        String message = failure.getMessage();
        if (message != null && isForUsers(failure)) {
            return List.of(message);
        }
        if (failure instanceof TimeoutException) {
            return List.of("there was no answer in time: the machine may be too busy; the log says more, and so does"
                    + " 'status' in the demo's shell");
        }
        LoggerFactory.getLogger(Sentences.class).error("an unforeseen failure", failure);
        return List.of("an unforeseen failure, " + failure.getClass().getSimpleName()
                + (message == null ? "" : " (" + message + ")") + ": the log has the details");
    }

    /** The same as one line. */
    public static String oneLine(Throwable thrown) {
        return String.join("; ", of(thrown));
    }

    /** The exception without the wrappers of futures. */
    public static Throwable unwrapped(Throwable thrown) {
        Throwable failure = thrown;
        for (Throwable cause = failure.getCause(); isWrapper(failure) && cause != null; cause = failure.getCause()) {
            failure = cause;
        }
        return failure;
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof CompletionException || thrown instanceof ExecutionException;
    }

    private static boolean isForUsers(Throwable failure) {
        return failure instanceof FailureException
                || failure instanceof MisuseException
                || failure instanceof DirectoryRefusedException
                || failure instanceof BindFailedException
                || failure instanceof EntenteException
                || failure instanceof RequestFailedException
                || failure instanceof StoreException
                || failure instanceof IllegalStateException
                || failure instanceof IllegalArgumentException;
    }
}
