package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.EntenteException;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.OutcomeUnknownException;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.Written;
import io.entente.cluster.verify.VerificationResult;
import io.entente.conflict.version.Dot;
import io.entente.core.store.memory.CommitFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of three whose devices fail in the middle of their writes. */
class FailingDeviceTest {

    private static final int AT_ONCE = 16;
    private static final int SOUND_COMMITS = 40;
    private static final int MOST_ROUNDS = 10_000;

    @TempDir
    Path directory;

    private final Map<String, String> acknowledged = new LinkedHashMap<>();
    private final Map<DotOfKeys, String> dots = new LinkedHashMap<>();
    private final Map<String, FailingDevice> devices = new ConcurrentHashMap<>();
    private ThreeNodes nodes;

    @BeforeEach
    void start() {
        nodes = new ThreeNodes(directory, false, (name, store) -> {
            FailingDevice device = new FailingDevice(store);
            devices.put(name, device);
            return device;
        });
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void anInputOutputErrorLosesNothingThatWasAcknowledgedAndTheNodeSaysWhatHappened() {
        writeUntilTheDeviceFails("eu", CommitFault.LOSES_THE_BATCH);
        othersGoOnAndItStartsAnew("eu", "us");
        writeUntilTheDeviceFails("us", CommitFault.KEEPS_THE_BATCH);
        othersGoOnAndItStartsAnew("us", "ap");

        ThreeNodes.NAMES.forEach(this::awaitAll);
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(nodes.node("ap")
                                .verify(Duration.ofSeconds(30))
                                .toCompletableFuture()
                                .join()
                                .verdict())
                        .isEqualTo(VerificationResult.Verdict.EQUAL));
    }

    private void writeUntilTheDeviceFails(String name, CommitFault fault) {
        awaitAll(name);
        Objects.requireNonNull(devices.get(name)).failAfter(SOUND_COMMITS, fault);

        List<EntenteException> failures = new ArrayList<>();
        for (int round = 0; failures.isEmpty() && round < MOST_ROUNDS; round++) {
            failures.addAll(write(name, fault + "-" + round));
        }
        assertThat(failures)
                .as("what was under way")
                .isNotEmpty()
                .allSatisfy(failure ->
                        assertThat(failure).isInstanceOfAny(OutcomeUnknownException.class, NotAppliedException.class))
                .anySatisfy(failure -> assertThat(failure).isInstanceOf(OutcomeUnknownException.class));
        assertThat(nodes.node(name).node().failures())
                .anySatisfy(said -> assertThat(said)
                        .contains(
                                "the store has failed", "Input/output error", "replace the disk", "restart the node"));
        onlyReadsAreAnswered(name);
    }

    /** Each partition's replica notices with the first batch of its own. */
    private void onlyReadsAreAnswered(String name) {
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(write(name, "refused"))
                        .hasSize(AT_ONCE)
                        .allSatisfy(failure -> assertThat(failure)
                                .isInstanceOfSatisfying(
                                        NotAppliedException.class,
                                        refused -> assertThat(refused.reason())
                                                .isEqualTo(NotAppliedException.Reason.STORE_FAILED))));
        acknowledged.forEach((key, value) -> assertThat(read(name, key))
                .as("%s at %s", key, name)
                .isInstanceOfSatisfying(
                        Found.Value.class, found -> assertThat(found.value()).isEqualTo(value)));
    }

    private void othersGoOnAndItStartsAnew(String failed, String other) {
        assertThat(write(other, "beside-" + failed)).isEmpty();
        nodes.node(failed).halt();
        nodes.launch(failed);
        nodes.awaitReady(failed);
        assertThat(write(failed, "after-" + failed)).isEmpty();
        awaitAll(failed);
    }

    /** Writes several keys at once; the failures. What is acknowledged has a dot that nothing else ever had. */
    private List<EntenteException> write(String name, String prefix) {
        Map<String, CompletionStage<Written>> underWay = new LinkedHashMap<>();
        for (int number = 0; number < AT_ONCE; number++) {
            String key = "{" + number + "}-" + prefix;
            underWay.put(key, map(name).put(key, "value of " + key));
        }
        List<EntenteException> failures = new ArrayList<>();
        underWay.forEach((key, writing) -> {
            try {
                DotOfKeys dot = new DotOfKeys(
                        key.substring(0, key.indexOf('}')),
                        writing.toCompletableFuture().join().dot());
                assertThat(dots.put(dot, key)).as("what had %s", dot).isNull();
                acknowledged.put(key, "value of " + key);
            } catch (CompletionException failed) {
                failures.add((EntenteException) Objects.requireNonNull(failed.getCause()));
            }
        });
        return failures;
    }

    private void awaitAll(String name) {
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> acknowledged.forEach((key, value) -> assertThat(read(name, key))
                        .as("%s at %s", key, name)
                        .isInstanceOfSatisfying(
                                Found.Value.class,
                                found -> assertThat(found.value()).isEqualTo(value))));
    }

    private Found<String> read(String name, String key) {
        return map(name).get(key).toCompletableFuture().join();
    }

    private ReplicatedMap<String> map(String name) {
        return nodes.node(name).map("facts", Codec.utf8());
    }

    /** A dot is a partition's; keys with the same part in braces share one. */
    private record DotOfKeys(String braces, Dot dot) {}
}
