package io.entente.cluster.membership;

import akka.actor.AddressFromURIString;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.JoinSeedNodes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;

/** This node's way into the Akka cluster: performs what {@link Formation} decides, and sees whether it is a member. Confined to the node's actor. */
final class Joining {

    private final NodeSetup setup;
    private final NodeState state;
    private final Cluster cluster;
    private final Formation formation;
    private final HostedReplicas replicas;
    private final SeedProbe probe;
    private final ActorContext<Object> context;
    private final Logger log;
    private List<String> contacts = List.of();
    private boolean startedAlone;
    private boolean probing;
    private boolean founding;

    Joining(
            ActorContext<Object> context,
            NodeSetup setup,
            Cluster cluster,
            Formation formation,
            HostedReplicas replicas) {
        this.setup = setup;
        this.state = setup.state();
        this.cluster = cluster;
        this.formation = formation;
        this.replicas = replicas;
        this.context = context;
        this.probe = new SeedProbe(context.getSystem().dispatchers().lookup(DispatcherSelector.blocking()));
        this.log = context.getLog();
    }

    /** Takes the next step towards being a member. */
    void proceed() {
        if (state.isMember() || startedAlone || state.isStopping()) {
            return;
        }
        lookForSeeds();
        Formation.Decision decision = formation.decide(System.nanoTime());
        if (decision instanceof Formation.Decision.StartAlone alone) {
            startedAlone = true;
            founding = alone.founding();
            log.info(founding ? "no cluster was heard of: founding one" : "starting the stopped cluster again");
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        } else if (decision instanceof Formation.Decision.Join join
                && !join.contacts().equals(contacts)) {
            contacts = join.contacts();
            log.info("joining the cluster by {}", contacts);
            cluster.manager()
                    .tell(new JoinSeedNodes(
                            contacts.stream().map(AddressFromURIString::parse).toList()));
        }
    }

    private void lookForSeeds() {
        if (formation.mayFound() && !probing) {
            probing = true;
            context.pipeToSelf(
                    probe.listening(formation.otherSeeds()),
                    (there, failure) -> new Probed(there == null ? Set.of() : there));
        }
    }

    void onProbed(Probed probed) {
        probing = false;
        formation.listening(probed.there());
    }

    /**
     * Looks whether this node is a member. Akka's view of it is updated by another subscriber than this one, so that what an event tells of may not be
     * seen yet; therefore it is looked at with every greeting too.
     */
    void observeOwnStatus() {
        MemberStatus status = cluster.selfMember().status();
        boolean operational = status == MemberStatus.up() || status == MemberStatus.weaklyUp();
        if (operational && !state.isMember()) {
            state.member(true);
            becameMember();
        } else if (!operational && state.isMember()) {
            state.member(false);
        }
    }

    /** Where the members of the Akka cluster are, this node among them. */
    Set<String> memberAddresses() {
        Set<String> addresses = new TreeSet<>();
        for (Member member : cluster.state().getMembers()) {
            addresses.add(member.address().toString());
        }
        return addresses;
    }

    private void becameMember() {
        if (Set.of(setup.address()).containsAll(memberAddresses())) {
            state.acquainted();
        }
        if (founding && state.cluster().isEmpty() && !state.isStopping()) {
            String id = setup.founding().foundCluster();
            log.info("this node has founded cluster {}", id);
            replicas.begin(id);
        }
        if (state.cluster().isPresent()) {
            setup.directory().markJoined();
        }
    }

    /**
     * The other seeds were tried.
     *
     * @param there the addresses of those that take connections
     */
    record Probed(Set<String> there) {

        Probed {
            there = Set.copyOf(there);
        }
    }
}
