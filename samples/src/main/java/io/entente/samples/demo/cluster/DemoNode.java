package io.entente.samples.demo.cluster;

import akka.Done;
import io.entente.cluster.Entente;
import io.entente.cluster.map.Maps;
import io.entente.cluster.membership.AgreedTopology;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.message.ReplicationMode;
import io.entente.core.topology.TopologyPlan;
import io.entente.samples.terminal.FailureException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A node of the demo, running or not. Thread-safe. */
public final class DemoNode {

    private static final long VIEW_SECONDS = 10;
    private static final Duration AGREE = Duration.ofSeconds(15);

    private final Identity identity;
    private @Nullable Entente running;
    private boolean restored;
    private boolean closed;

    DemoNode(Identity identity) {
        this.identity = identity;
    }

    /** The node's name. */
    public String name() {
        return identity.name();
    }

    /** The data center it is in. */
    public String dataCenter() {
        return identity.dataCenter();
    }

    /** Who it is. */
    Identity identity() {
        return identity;
    }

    /**
     * Where it serves HTTP; a dash when that is switched off.
     *
     * @throws FailureException when it doesn't run
     */
    public String url() {
        return require().httpUrl().orElse("-");
    }

    /**
     * The node.
     *
     * @throws FailureException when it doesn't run
     */
    public synchronized Entente require() {
        if (running == null) {
            throw new FailureException(
                    "node " + name() + " has been killed: start it again with 'start " + name() + "'");
        }
        return running;
    }

    /**
     * Its maps.
     *
     * @throws FailureException when it doesn't run
     */
    public Maps maps() {
        return require().maps();
    }

    /** Whether it runs. */
    public synchronized boolean isLive() {
        return running != null;
    }

    /** Why it isn't ready, one sentence each; empty when it is. */
    public List<String> obstacles() {
        return isLive() ? require().node().obstacles() : List.of("node " + name() + " has been killed");
    }

    /** The cluster as it sees it. */
    public ClusterView view() {
        return require()
                .node()
                .view()
                .toCompletableFuture()
                .orTimeout(VIEW_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Links the data centers in another way, as soon as all have heard of it. */
    AgreedTopology relink(TopologyPlan plan) {
        try {
            return require()
                    .topology(plan)
                    .toCompletableFuture()
                    .orTimeout(VIEW_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (IllegalArgumentException | IllegalStateException refused) {
            throw new FailureException(String.valueOf(refused.getMessage()), refused);
        }
    }

    /** Leads all partitions that it holds. */
    void lead() {
        decided(() -> require().leader(name(), AGREE));
    }

    /** Has all partitions written to under another mode. */
    void mode(ReplicationMode mode) {
        decided(() -> require().mode(mode, AGREE));
    }

    /** Has those nodes vote, and no others. */
    void voters(Set<String> names) {
        decided(() -> require().voters(names, AGREE));
    }

    private static void decided(Supplier<CompletionStage<Done>> ask) {
        try {
            ask.get().toCompletableFuture().join();
        } catch (IllegalArgumentException | IllegalStateException refused) {
            throw new FailureException(String.valueOf(refused.getMessage()), refused);
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new FailureException(String.valueOf(cause.getMessage()), cause);
        }
    }

    /** The data centers it knows of, its own among them. */
    Set<String> knownDataCenters() {
        return view().dataCenters().stream()
                .map(ClusterView.DataCenterView::name)
                .collect(Collectors.toSet());
    }

    synchronized void launch(EntenteSettings settings) {
        if (running == null && !closed) {
            running = Entente.launch(settings.withRestored(restored));
            restored = false;
        }
    }

    /** Its data is a backup's. */
    synchronized void startsAsRestored() {
        restored = true;
    }

    synchronized void halt() {
        if (running != null) {
            running.halt();
            running = null;
        }
    }

    /** Ends the node for good and at once; its data is of no use any more. */
    synchronized void discard() {
        closed = true;
        halt();
    }

    /** Ends the node for good, in good order. */
    synchronized void close() {
        closed = true;
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /**
     * Who a demo node is, for life.
     *
     * @param name its name
     * @param dataCenter its data center
     * @param httpPort where it serves HTTP
     */
    record Identity(String name, String dataCenter, int httpPort) {}
}
