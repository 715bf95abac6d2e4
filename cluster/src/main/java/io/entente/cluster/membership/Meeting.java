package io.entente.cluster.membership;

import akka.actor.Address;
import akka.actor.typed.javadsl.ActorContext;
import io.entente.cluster.health.HealthReason;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.tls.NodeCertificates;
import io.entente.core.message.NodeId;
import io.entente.core.store.StoreException;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.directory.DirectoryRefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a hello: a stranger is refused, a first word of the cluster believed, a peer welcomed and remembered. Confined to the
 * node's actor.
 */
final class Meeting {

    private final ActorContext<Object> context;
    private final NodeSetup setup;
    private final NodeState state;
    private final Formation formation;
    private final Introductions introductions;
    private final KnownNodes known;
    private final HostedReplicas replicas;
    private boolean saving;

    Meeting(ActorContext<Object> context, NodeSetup setup, Formation formation, HostedReplicas replicas) {
        this.context = context;
        this.setup = setup;
        this.state = setup.state();
        this.formation = formation;
        this.introductions =
                new Introductions(setup.self(), setup.address(), setup.plan().partitions());
        this.known = KnownNodes.recover(setup.directory().store(), setup.plan().partitions());
        this.replicas = replicas;
        for (NodeId named : setup.plan().placed()) {
            know(named, setup.plan().heldBy(named, List.of()));
        }
        known.holdings().forEach(this::know);
        if (setup.directory().hasJoined() || setup.directory().cluster().isPresent()) {
            formation.remember(known.addresses(), setup.directory().hasJoined());
        }
        if (setup.directory().isAcquainted()) {
            formation.acquainted();
        }
    }

    /** The other nodes of the cluster, and where they were last. */
    KnownNodes known() {
        return known;
    }

    /** Hears a hello, whoever says it. */
    void hear(Hello hello, Joining joining) {
        Optional<String> objection = introductions.objectionTo(hello, state.cluster());
        if (objection.isPresent()) {
            refuse(hello, objection.get());
            return;
        }
        formation.heard(hello, System.nanoTime());
        if (state.cluster().isEmpty()
                && hello.cluster().isPresent()
                && (formation.concerns(hello) || joining.memberAddresses().contains(hello.address()))) {
            adopt(hello.cluster().get(), hello);
        }
        if (state.cluster().isPresent() && state.cluster().equals(hello.cluster())) {
            welcome(hello);
        }
        joining.proceed();
    }

    /**
     * A node that says it is another one is not listened to, and no more becomes of it: whoever names a seed in its hello by a false name must not keep
     * this node from that seed.
     */
    void disbelieve(Hello hello, Set<String> shown) {
        String why = "node " + hello.node() + " at " + hello.address() + " shows the certificate of " + shown
                + " and is not listened to: give it one that names " + NodeCertificates.NODE_URI + hello.node();
        if (state.met().note(hello.address(), why)) {
            context.getLog().error(why);
        }
    }

    /** Where a node was that left, nobody need be addressed. It stays a peer: what it holds still counts, and it may come back. */
    void forget(Address address) {
        for (NodeId node : setup.addresses().nodes()) {
            if (setup.addresses().addressOf(node).equals(Optional.of(address.toString()))) {
                setup.addresses().forgetAddress(node);
            }
        }
    }

    /** Notes a node of this cluster; whether that is news. */
    private boolean know(NodeId node, Partitions holds) {
        return !node.equals(setup.self()) && setup.addresses().know(node, holds);
    }

    private void refuse(Hello hello, String why) {
        boolean nameIsTaken = hello.node().equals(setup.self().node()) && !replicas.haveCaughtUp();
        if (setup.seeds().contains(hello.address()) || nameIsTaken) {
            state.met().refuse(hello.address(), why);
        }
        if (nameIsTaken) {
            state.failed(HealthReason.NAME_TAKEN, why);
        } else if (hello.node().equals(setup.self().node())) {
            state.met().twin(hello.address(), why, System.nanoTime());
        }
        if (state.met().note(hello.address(), why)) {
            context.getLog().error(why);
        }
    }

    private void adopt(String id, Hello from) {
        try {
            setup.directory().meet(id);
            context.getLog().info("this node belongs to cluster {}, as node {} says", id, from.node());
            formation.remember(known.addresses(), setup.directory().hasJoined());
            formation.acquainted();
            know(from.sender(), held(from));
            replicas.begin(id);
        } catch (DirectoryRefusedException | StoreException e) {
            state.met().note(from.address(), String.valueOf(e.getMessage()));
            context.getLog().error("can't take up cluster {}: {}", id, e.getMessage());
        }
    }

    private void welcome(Hello hello) {
        Optional<String> doubt = introductions.sighted(hello.sender(), hello.address(), System.nanoTime());
        if (doubt.isPresent()) {
            state.met().twin(hello.address(), doubt.get(), System.nanoTime());
            if (state.met().note(hello.address(), doubt.get())) {
                context.getLog().error(doubt.get());
            }
            return;
        }
        try {
            // Before any replica hears of it: a store that is lost later doesn't know that there was anybody.
            setup.directory().meet(hello.cluster().orElseThrow());
        } catch (StoreException e) {
            if (state.met().note(hello.address(), String.valueOf(e.getMessage()))) {
                context.getLog().error("that node {} was met could not be kept: {}", hello.node(), e.getMessage());
            }
            return;
        }
        formation.acquainted();
        state.met().welcome(hello.address());
        state.acquainted();
        Partitions holds = held(hello);
        known.note(hello.sender(), hello.address(), holds);
        save();
        formation.remember(known.addresses(), setup.directory().hasJoined());
        boolean news = know(hello.sender(), holds);
        if (setup.addresses().note(hello.sender(), hello.address())) {
            context.getLog().info("node {} is at {}", hello.sender(), hello.address());
            news = true;
        }
        setup.addresses().serves(hello.sender(), hello.http());
        hello.mode()
                .ifPresent(mode -> state.modes().heard(hello.sender(), mode, state.modeInForce(), System.nanoTime()));
        setup.addresses()
                .heard(
                        hello.sender(),
                        hello.leads().map(Partitions::ofBits).orElse(Partitions.none()),
                        hello.behind().map(Partitions::ofBits).orElse(Partitions.none()),
                        System.nanoTime());
        if (news) {
            replicas.tellPeers();
        }
    }

    private static Partitions held(Hello hello) {
        return hello.holds().map(Partitions::ofBits).orElse(Partitions.all(hello.partitions()));
    }

    /** One commit at a time; a store that has failed says so by other ways. */
    private void save() {
        if (!saving) {
            WriteBatch batch = known.takeUnsaved();
            if (!batch.isEmpty()) {
                saving = true;
                context.pipeToSelf(setup.commits().commit(batch), (done, failure) -> new Saved(failure));
            }
        }
    }

    void onSaved(Saved saved) {
        saving = false;
        if (saved.failure() == null) {
            save();
        } else {
            context.getLog().warn("where the other nodes are could not be saved", saved.failure());
        }
    }

    /**
     * What was remembered is durable, or isn't.
     *
     * @param failure what the store threw; none when all is well
     */
    record Saved(@Nullable Throwable failure) {}
}
