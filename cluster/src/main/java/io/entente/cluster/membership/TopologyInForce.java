package io.entente.cluster.membership;

import io.entente.cluster.replica.GroupCommit;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.topology.PlanText;
import io.entente.core.topology.TopologyPlan;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology this node uses: what it is configured with, until somebody changes it anywhere in the cluster. A change is durable before
 * it is used or told of, and beats the configuration from then on, over all restarts. Thread-safe.
 */
public final class TopologyInForce {

    private static final Logger LOG = LoggerFactory.getLogger(TopologyInForce.class);

    /** A prefix no partition has: their numbers end before. */
    private static final Bytes KEY =
            new ByteWriter().u16(0xFFFF).string("topology").toBytes();

    private final String node;
    private final GroupCommit commits;
    private final Consumer<TopologyPlan> user;
    private AgreedTopology durable;
    private AgreedTopology latest;

    private TopologyInForce(String node, AgreedTopology start, GroupCommit commits, Consumer<TopologyPlan> user) {
        this.node = node;
        this.commits = commits;
        this.user = user;
        this.durable = start;
        this.latest = start;
    }

    /**
     * The one that the store remembers, else the configured one.
     *
     * @param node this node's name
     * @param configured what it is configured with
     * @param store its store
     * @param commits where changes are made durable
     * @param user is told of every other topology from now on; on any thread, in the order of the changes
     */
    public static TopologyInForce recover(
            String node, TopologyPlan configured, StoreReader store, GroupCommit commits, Consumer<TopologyPlan> user) {
        AgreedTopology start = store.get(Table.META, KEY)
                .map(Bytes::utf8)
                .map(AgreedTopology::parse)
                .orElse(new AgreedTopology(0, node, configured));
        if (!start.plan().equals(configured)) {
            LOG.info(
                    "the topology is {}, as it was changed at node {} (change {}), and not {}, as this node is configured",
                    PlanText.of(start.plan()),
                    start.node(),
                    start.change(),
                    PlanText.of(configured));
        }
        return new TopologyInForce(node, start, commits, user);
    }

    /** The topology now, as far as it is durable. */
    public synchronized AgreedTopology get() {
        return durable;
    }

    /** Tells the user what is in force, who may have begun with an earlier one. */
    synchronized void tellAgain() {
        user.accept(durable.plan());
    }

    /** Changes it; completes when the change is durable here, from where it spreads. Fails when it can't be made durable. */
    public synchronized CompletionStage<AgreedTopology> change(TopologyPlan plan) {
        return take(latest.changedTo(plan, node));
    }

    /** Another node uses this one: so does this node, if it is the later one. */
    synchronized void heard(AgreedTopology other) {
        if (other.isLaterThan(latest)) {
            var unused = take(other).whenComplete((taken, failure) -> {
                if (failure != null) {
                    LOG.warn("a change of the topology could not be saved", failure);
                }
            });
        }
    }

    private CompletionStage<AgreedTopology> take(AgreedTopology changed) {
        latest = changed;
        WriteBatch batch = new WriteBatch();
        batch.put(Table.META, KEY, Bytes.utf8(changed.text()));
        return commits.commit(batch).handle((done, failure) -> {
            if (failure != null) {
                forget(changed);
                throw new IllegalStateException(
                        "the change of the topology could not be made durable: " + failure.getMessage(), failure);
            }
            use(changed);
            return changed;
        });
    }

    private synchronized void forget(AgreedTopology failed) {
        if (latest.equals(failed)) {
            latest = durable;
        }
    }

    private synchronized void use(AgreedTopology changed) {
        if (changed.isLaterThan(durable)) {
            LOG.info(
                    "the topology is {} from now on, as changed at node {} (change {}); it was {}",
                    PlanText.of(changed.plan()),
                    changed.node(),
                    changed.change(),
                    PlanText.of(durable.plan()));
            durable = changed;
            user.accept(changed.plan());
        }
    }
}
