package io.entente.cluster.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRefResolver;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.LocalRouter;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.routing.RequestFailedException.Cause;
import io.entente.cluster.routing.Router;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a forwarded request comes to when nobody answers it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwarderTest {

    private static final NodeId SELF = new NodeId("eu", "eu-1");
    private static final NodeId SILENT = new NodeId("eu", "eu-2");
    private static final NodeId NOWHERE = new NodeId("eu", "eu-3");
    private static final RecordKey KEY = new RecordKey("m", "k");
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Router.Write WRITE =
            new Router.Write(KEY, Payload.value(Bytes.utf8("v")), WriteCondition.none(), WriteConcern.async(), SHORT);
    private static final Router.Read READ = new Router.Read(KEY, VersionVector.empty(), SHORT);

    private final ActorTestKit kit = ActorTestKit.create();
    private final Forwarder forwarder = startedWith(Optional.of("cluster"));

    @AfterAll
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void aWriteThatMayHaveArrivedAndGotNoAnswerIsUnknown() {
        assertThat(failure(forwarder.write(SILENT, WRITE)).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aReadThatGotNoAnswerChangedNothing() {
        assertThat(failure(forwarder.read(SILENT, READ)).outcome()).isEqualTo(Outcome.NOT_APPLIED);
    }

    @Test
    void whatWasSurelyNotSentIsNotApplied() {
        RequestFailedException unsent = failure(forwarder.write(NOWHERE, WRITE));
        assertThat(unsent.outcome()).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(unsent).hasMessageContaining("eu-3");
        Forwarder withoutCluster = startedWith(Optional.empty());
        assertThat(failure(withoutCluster.write(SILENT, WRITE)).outcome()).isEqualTo(Outcome.NOT_APPLIED);
    }

    private Forwarder startedWith(Optional<String> cluster) {
        AddressBook addresses = new AddressBook(ActorRefResolver.get(kit.system()));
        addresses.know(SILENT, Partitions.all(1));
        addresses.know(NOWHERE, Partitions.all(1));
        addresses.note(SILENT, kit.system().address().toString());
        LocalRouter local = new LocalRouter(
                1,
                Collections::emptySortedMap,
                partition -> Optional.empty(),
                new MemoryStore(),
                kit.system().executionContext());
        return Forwarder.start(new ForwardSetup(SELF, () -> cluster, addresses, local, new Unasked()), kit::spawn);
    }

    private static RequestFailedException failure(CompletionStage<?> stage) {
        Throwable thrown = catchThrowable(() ->
                stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join());
        assertThat(thrown).isInstanceOf(CompletionException.class);
        assertThat(thrown.getCause()).isInstanceOf(RequestFailedException.class);
        return (RequestFailedException) thrown.getCause();
    }

    /** Nobody looks or cuts here. */
    private static final class Unasked implements Enquiries {

        @Override
        public CompletionStage<Bytes> view() {
            return CompletableFuture.completedFuture(Bytes.utf8("{}"));
        }

        @Override
        public void link(String from, String to, boolean cut) {
            throw new IllegalStateException("fault injection is off");
        }

        @Override
        public CompletionStage<Done> begin(Partitions of, Optional<ReplicationMode> mode, Duration timeout) {
            return CompletableFuture.failedFuture(
                    new RequestFailedException(Outcome.NOT_APPLIED, Cause.UNREACHABLE, "the voters do not agree"));
        }

        @Override
        public CompletionStage<Done> vote(Partitions of, Set<String> voters, Duration timeout) {
            return CompletableFuture.failedFuture(
                    new RequestFailedException(Outcome.NOT_APPLIED, Cause.UNREACHABLE, "the voters do not agree"));
        }
    }
}
