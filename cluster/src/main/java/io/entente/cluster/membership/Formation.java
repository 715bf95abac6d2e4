package io.entente.cluster.membership;

import io.entente.cluster.settings.FormationSettings;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides whom a starting node joins, when it founds a cluster, and when it starts a stopped one again, so that no second one ever
 * comes to be where that can be known. Pure: time and hellos are handed in. Confined to the node's actor.
 *
 * <p>A <em>new</em> node whose own address is the first seed founds a cluster, unless somebody greets it within the founding wait:
 * a member of a cluster that has it as a seed or remembers it by name (its directory was lost), or a node with the same
 * intention and a lower name. It needs not wait for longer once all other seeds have said that they know of no cluster. A seed that
 * takes connections but hasn't said anything yet is waited for, for {@link #ANSWERS_NANOS}: it may be a member whose greetings are
 * still on their way, since whoever tried to reach a dead node tries again only now and then.
 *
 * <p>A node that <em>knows a cluster</em> never founds one: the others may be running and merely out of reach. Only when every node it
 * knows says that it waits too has the whole cluster been stopped; then the one with the lowest name starts it again. Where some never
 * come back, an operator lets one node start it without them ({@code entente.reform}).
 */
final class Formation {

    /** For how long a hello counts: several greetings. */
    static final long COUNTS_NANOS = 5_000_000_000L;

    /** How long a seed that takes connections has for its first hello, longer than a busy machine needs for one. */
    static final long ANSWERS_NANOS = 30_000_000_000L;

    /** How many nodes are listened to: more than a cluster has. */
    static final int MOST_HEARD = 1_024;

    private final NodeId self;
    private final String address;
    private final List<String> seeds;
    private final FormationSettings settings;
    private final long startedNanos;
    private final Map<NodeId, String> known = new TreeMap<>();
    private final Map<NodeId, Heard> heard = new TreeMap<>();
    private Optional<Set<String>> listening = Optional.empty();
    private boolean knowsCluster;
    private boolean joined;
    private boolean acquainted;

    /**
     * @param self this node
     * @param address its address
     * @param seeds the configured seeds, in their order
     * @param settings what the operator wants
     * @param nowNanos the monotonic time
     */
    Formation(NodeId self, String address, List<String> seeds, FormationSettings settings, long nowNanos) {
        this.self = self;
        this.address = address;
        this.seeds = List.copyOf(seeds);
        this.settings = settings;
        this.startedNanos = nowNanos;
    }

    /**
     * Takes in what the directory remembers: it belongs to a cluster.
     *
     * @param others the other nodes of the cluster, and where they were last
     * @param hasJoined whether this node has been a member of it before; it may also just have learned of it
     */
    void remember(Map<NodeId, String> others, boolean hasJoined) {
        knowsCluster = true;
        joined = hasJoined;
        known.putAll(others);
        known.remove(self);
    }

    /** This node has met another one of its cluster, though it may have lost the memory of where it is. */
    void acquainted() {
        acquainted = true;
    }

    /** Whether this node would found a cluster if it found none. */
    boolean mayFound() {
        return !knowsCluster && !seeds.isEmpty() && seeds.get(0).equals(address);
    }

    /** Everybody to say hello to while waiting. */
    Set<String> others() {
        Set<String> others = new LinkedHashSet<>(seeds);
        others.addAll(known.values());
        heard.values().forEach(node -> others.add(node.address));
        others.remove(address);
        return others;
    }

    /** Whether what the hello says of a cluster concerns this node: it is from a seed, or from one that remembers this node here. */
    boolean concerns(Hello hello) {
        return seeds.contains(hello.address()) || hello.isTo(self);
    }

    /** Notes what another node said. */
    void heard(Hello hello, long nowNanos) {
        NodeId node = hello.sender();
        if (heard.containsKey(node) || heard.size() < MOST_HEARD) {
            heard.put(
                    node,
                    new Heard(
                            hello.address(),
                            hello.member(),
                            hello.joined(),
                            hello.founder(),
                            hello.cluster().isPresent() && (knowsCluster || concerns(hello)),
                            nowNanos));
        }
    }

    /** Which other seeds this node must have tried to connect to, before it founds a cluster. */
    Set<String> otherSeeds() {
        Set<String> others = new LinkedHashSet<>(seeds);
        others.remove(address);
        return others;
    }

    /** Notes which of the {@linkplain #otherSeeds() other seeds} take connections. */
    void listening(Set<String> addresses) {
        listening = Optional.of(Set.copyOf(addresses));
    }

    /** What to do now. */
    Decision decide(long nowNanos) {
        Map<NodeId, Heard> lately = new HashMap<>(heard);
        lately.values().removeIf(node -> nowNanos - node.atNanos > COUNTS_NANOS);
        boolean startsAlone =
                knowsCluster ? mayStartAgain(lately, hasWaited(nowNanos)) : mayFound() && mayFoundNow(lately, nowNanos);
        if (startsAlone) {
            return new Decision.StartAlone(!knowsCluster);
        }
        List<String> contacts = contacts(lately.values());
        boolean waits = contacts.isEmpty() || (mayFound() && !hearsOfCluster(lately.values()) && !hasRival(lately));
        return waits ? new Decision.Wait() : new Decision.Join(contacts);
    }

    private boolean mayStartAgain(Map<NodeId, Heard> lately, boolean waited) {
        if (lately.values().stream().anyMatch(node -> node.member && node.ofCluster)) {
            return false;
        }
        boolean alone = known.isEmpty() && !acquainted && seeds.stream().allMatch(address::equals);
        return alone || (settings.reform() && waited) || isFirstOfAllWaiting(lately);
    }

    private boolean isFirstOfAllWaiting(Map<NodeId, Heard> lately) {
        Set<NodeId> expected = new LinkedHashSet<>(known.keySet());
        if (expected.isEmpty()) {
            expected.addAll(lately.keySet());
        }
        return !expected.isEmpty()
                && lately.keySet().containsAll(expected)
                && lately.entrySet().stream().allMatch(node -> isBefore(node.getKey(), node.getValue()));
    }

    /** Those that have lost their directory wait too, but it is for one that has been a member to start the cluster. */
    private boolean isBefore(NodeId other, Heard said) {
        if (!said.ofCluster) {
            return true;
        }
        return said.joined == joined ? self.compareTo(other) < 0 : joined;
    }

    private boolean mayFoundNow(Map<NodeId, Heard> lately, long nowNanos) {
        if (hearsOfCluster(lately.values()) || hasRival(lately)) {
            return false;
        }
        Set<String> silent = otherSeeds();
        if (silent.isEmpty()) {
            return hasWaited(nowNanos);
        }
        lately.values().forEach(node -> silent.remove(node.address));
        if (silent.isEmpty()) {
            return true;
        }
        boolean nobodyIsThere =
                listening.filter(there -> Collections.disjoint(there, silent)).isPresent();
        return hasWaited(nowNanos) && (nobodyIsThere || nowNanos - startedNanos >= ANSWERS_NANOS);
    }

    private boolean hasWaited(long nowNanos) {
        return nowNanos - startedNanos >= settings.foundingWait().toNanos();
    }

    private boolean hasRival(Map<NodeId, Heard> lately) {
        return lately.entrySet().stream()
                .anyMatch(node -> node.getValue().founder
                        && seeds.contains(node.getValue().address)
                        && node.getKey().compareTo(self) < 0);
    }

    private static boolean hearsOfCluster(Collection<Heard> lately) {
        return lately.stream().anyMatch(node -> node.ofCluster);
    }

    /** The seeds in their order, then everybody else who is known or has said to be a member. */
    private List<String> contacts(Collection<Heard> lately) {
        Set<String> contacts = new LinkedHashSet<>(seeds);
        contacts.addAll(known.values());
        lately.stream().filter(node -> node.member && node.ofCluster).forEach(node -> contacts.add(node.address));
        contacts.remove(address);
        return new ArrayList<>(contacts);
    }

    /** What a node that is no member yet does. */
    sealed interface Decision {

        /** Listen for a while. */
        record Wait() implements Decision {}

        /**
         * Join by one of these nodes, whichever answers first.
         *
         * @param contacts their addresses, never this node's own
         */
        record Join(List<String> contacts) implements Decision {

            public Join {
                contacts = List.copyOf(contacts);
            }
        }

        /**
         * Be the first member.
         *
         * @param founding whether of a new cluster; else of one that was stopped
         */
        record StartAlone(boolean founding) implements Decision {}
    }

    /** A node that was heard: where, what it is and was, and whether it knows the cluster that this node belongs to or would join. */
    private record Heard(
            String address, boolean member, boolean joined, boolean founder, boolean ofCluster, long atNanos) {}
}
