package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Three real nodes in one JVM, one a data center: real sockets, real Akka cluster, real RocksDB; clocks that can be set wrong. */
final class ThreeNodes implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final List<String> NAMES = List.of("eu", "us", "ap");

    private final Path directory;
    private final boolean http;
    private final BiFunction<String, Store, Store> devices;
    private final UnaryOperator<EntenteSettings> changed;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Entente> nodes = new LinkedHashMap<>();
    private final Map<String, AtomicLong> clockErrors = new LinkedHashMap<>();

    /** All three up, ready, and acquainted with each other, without HTTP. */
    ThreeNodes(Path directory) {
        this(directory, false);
    }

    /** The same, each with HTTP on a port of its own where it is asked for. */
    ThreeNodes(Path directory, boolean http) {
        this(directory, http, (name, store) -> store);
    }

    /** The same, with what stands between a node's commits and its store. */
    ThreeNodes(Path directory, boolean http, BiFunction<String, Store, Store> devices) {
        this(directory, http, devices, UnaryOperator.identity());
    }

    /** The same with HTTP, and with other settings than the usual ones. */
    ThreeNodes(Path directory, UnaryOperator<EntenteSettings> changed) {
        this(directory, true, (name, store) -> store, changed);
    }

    private ThreeNodes(
            Path directory,
            boolean http,
            BiFunction<String, Store, Store> devices,
            UnaryOperator<EntenteSettings> changed) {
        this.directory = directory;
        this.http = http;
        this.devices = devices;
        this.changed = changed;
        ports.putAll(FreePorts.of(NAMES));
        startAll();
        NAMES.forEach(this::awaitAcquainted);
    }

    void startAll() {
        NAMES.forEach(this::launch);
        NAMES.forEach(this::awaitReady);
    }

    void haltAll() {
        nodes.values().forEach(Entente::halt);
    }

    @Override
    public void close() {
        nodes.values().forEach(Entente::close);
    }

    /** How far a node's clock is ahead of the truth, in milliseconds. */
    void clockError(String name, long millis) {
        clockErrorOf(name).set(millis);
    }

    private AtomicLong clockErrorOf(String name) {
        return clockErrors.computeIfAbsent(name, any -> new AtomicLong());
    }

    void awaitAcquainted(String name) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(view(name).links())
                        .hasSize(4)
                        .allMatch(link -> link.state() == ClusterView.LinkState.UP));
    }

    ClusterView view(String name) {
        return node(name).node().view().toCompletableFuture().join();
    }

    void launch(String name) {
        launch(name, changed);
    }

    /** Starts a node with other settings than the usual ones, on the same clock and device. */
    void launch(String name, UnaryOperator<EntenteSettings> other) {
        AtomicLong error = clockErrorOf(name);
        LongSupplier clock = () -> System.currentTimeMillis() + error.get();
        NodeWorld world = new NodeWorld(clock, store -> devices.apply(name, store));
        nodes.put(name, Entente.launch(other.apply(settings(name)), world));
    }

    /** Where a node's data is. */
    Path data(String name) {
        return directory.resolve(name);
    }

    private EntenteSettings settings(String name) {
        return EntenteSettings.load()
                .withName(name + "-1")
                .withDataCenter(name)
                .withHost("127.0.0.1")
                .withPort(port(name))
                .withSeeds(List.of(address("eu")))
                .withHttp(http)
                .withHttpPort(0)
                .withFoundingWait(Duration.ZERO)
                .withData(data(name))
                .withMembers(List.of("eu-1", "us-1", "ap-1"))
                .withFaultInjection(true);
    }

    Address address(String name) {
        return new Address("127.0.0.1", port(name));
    }

    private int port(String name) {
        return Objects.requireNonNull(ports.get(name));
    }

    Entente node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    void awaitReady(String name) {
        assertThat(node(name).awaitReady(PATIENCE))
                .as(() -> name + " is ready, but: " + node(name).node().obstacles())
                .isTrue();
    }

    void link(String a, String b, boolean cut) {
        node(a).node().link(a, b, cut);
        node(a).node().link(b, a, cut);
        node(b).node().link(a, b, cut);
        node(b).node().link(b, a, cut);
    }
}
