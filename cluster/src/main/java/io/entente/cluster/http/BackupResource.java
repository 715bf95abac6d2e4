package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.disk.Backups;
import io.entente.core.store.StoreException;
import io.entente.core.store.directory.Backup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code /admin/backup}: copies the node's data to a directory in the place that is configured for that. */
final class BackupResource implements Resource {

    private static final int LIMIT_BYTES = 4 << 10;
    private static final String NAME = "directory";
    private static final String FORM = "{\"directory\": \"monday\"}, the name of a directory that does not exist yet";

    /** Everything is read once; an answer that comes later than that is not waited for, but the backup is made. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Backups backups;
    private final RequestBody bodies;

    BackupResource(Backups backups, RequestBody bodies) {
        this.backups = backups;
        this.bodies = bodies;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.POST);
    }

    @Override
    public String remedy(HttpMethod refused) {
        return "backups are in the directory that entente.backup.directory names";
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        exchange.query(List.of());
        exchange.answerWithin(PATIENCE, late());
        return bodies.object(exchange.request(), LIMIT_BYTES, List.of(NAME), FORM)
                .thenCompose(body -> make(body.text(NAME)))
                .thenApply(made -> Json.response(200, json(made)))
                .exceptionally(failure -> {
                    throw refusal(Failures.cause(failure));
                });
    }

    private CompletionStage<Backup> make(String name) {
        try {
            return backups.named(name);
        } catch (IllegalStateException unset) {
            throw Problem.of(ProblemKind.BACKUP_NOT_CONFIGURED, String.valueOf(unset.getMessage()))
                    .asException();
        } catch (IllegalArgumentException malformed) {
            throw AdminBody.problem(String.valueOf(malformed.getMessage()));
        }
    }

    private static RuntimeException refusal(Throwable cause) {
        if (cause instanceof IllegalArgumentException taken) {
            return Problem.of(ProblemKind.BACKUP_EXISTS, String.valueOf(taken.getMessage()))
                    .asException();
        }
        if (cause instanceof StoreException failed) {
            return Problem.of(ProblemKind.BACKUP_FAILED, String.valueOf(failed.getMessage()))
                    .retryAfter(1)
                    .asException();
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
    }

    private static ObjectNode json(Backup backup) {
        return Json.object()
                .put("directory", backup.directory().toString())
                .put("node", backup.node())
                .put("commits", backup.head())
                .put("files", backup.files())
                .put("bytes", backup.bytes());
    }

    private static Problem late() {
        return Problem.of(
                        ProblemKind.NO_ANSWER,
                        "The backup takes long, and is going on: it is complete once its directory has a file \"backup\"")
                .retryAfter(60);
    }
}
