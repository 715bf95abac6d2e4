package io.entente.cluster.membership;

import io.entente.cluster.health.HealthNote;
import io.entente.cluster.health.HealthReason;
import io.entente.cluster.map.ResolverIdentity;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the nodes of the cluster resolve conflicts alike: as long as they don't, readers at different nodes may see different values
 * of a key in conflict. Compared are the names and versions that resolvers say of themselves, not code.
 *
 * <p>A difference is logged once, at each of the two nodes. Where a map has a resolver at one of them alone, which is so for a moment
 * whenever applications start, it is logged when it has lasted. A map that a node doesn't know is resolved there by the last writer.
 * A node that has said nothing for long has left, or is down, and serves no reader: what it said counts no more, until it is back and says
 * it again. Thread-safe. Holds the maps that are configured or registered at some node, as far as nodes tell of them.
 */
public final class ResolverAgreement {

    /** For how long a map may be known to one of two nodes alone before that is logged. */
    static final long PATIENCE_NANOS = 30_000_000_000L;

    /** For how long what a node said counts, if it says nothing more. */
    static final long SILENCE_NANOS = 60_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(ResolverAgreement.class);

    private final Supplier<SortedMap<String, ResolverIdentity>> own;
    private final Supplier<SortedMap<String, String>> suspended;
    private final SortedMap<NodeId, Heard> heard = new TreeMap<>();

    /**
     * @param own by map, by what this node resolves it
     * @param suspended by map, why its resolver isn't called at present, a clause each
     */
    public ResolverAgreement(
            Supplier<SortedMap<String, ResolverIdentity>> own, Supplier<SortedMap<String, String>> suspended) {
        this.own = own;
        this.suspended = suspended;
    }

    /**
     * How a map is resolved.
     *
     * @param map the map
     * @param resolver name and version of its resolver here, {@code name@version}
     * @param suspended why that isn't called at present, a clause
     * @param elsewhere by node, name and version of its resolver there, where they differ
     */
    public record View(String map, String resolver, Optional<String> suspended, SortedMap<NodeId, String> elsewhere) {

        public View {
            Objects.requireNonNull(map, "map");
            Objects.requireNonNull(resolver, "resolver");
            Objects.requireNonNull(suspended, "suspended");
            elsewhere = Collections.unmodifiableSortedMap(new TreeMap<>(elsewhere));
        }
    }

    /** What to tell the other nodes. */
    ResolverNews news(String cluster, NodeId self) {
        SortedMap<String, String> told = new TreeMap<>();
        Optional<String> upTo = Optional.empty();
        SortedMap<String, ResolverIdentity> all = own.get();
        for (String map : all.keySet()) {
            if (told.size() == ResolverNews.MOST_MAPS) {
                upTo = Optional.of(told.lastKey());
                break;
            }
            told.put(map, text(all, map));
        }
        return new ResolverNews(cluster, self.dataCenter(), self.node(), told, upTo);
    }

    /** Hears what another node says. */
    synchronized void heard(ResolverNews news, long nowNanos) {
        SortedMap<String, ResolverIdentity> here = own.get();
        SortedSet<String> maps = new TreeSet<>(here.keySet());
        maps.addAll(news.resolvers().keySet());
        Heard earlier = heard.get(news.sender());
        SortedMap<String, Difference> before = earlier == null ? new TreeMap<>() : earlier.differences;
        SortedMap<String, Difference> now = new TreeMap<>();
        for (String map : maps) {
            boolean told = news.upTo().map(last -> map.compareTo(last) <= 0).orElse(true);
            String theirs = news.resolvers().getOrDefault(map, ResolverIdentity.DEFAULT.toString());
            String ours = text(here, map);
            if (told && !ours.equals(theirs)) {
                boolean oneSided = !here.containsKey(map) || !news.resolvers().containsKey(map);
                now.put(
                        map,
                        Difference.after(before.get(map), ours, theirs, nowNanos)
                                .told(news.sender(), map, oneSided, nowNanos));
            }
        }
        before.forEach((map, difference) -> {
            if (difference.logged && !now.containsKey(map)) {
                LOG.info(
                        "The map {} is resolved alike here and at {} again, by {}.",
                        map,
                        news.sender(),
                        text(here, map));
            }
        });
        heard.put(news.sender(), new Heard(now, nowNanos));
    }

    /** Forgets what was said by nodes that have been silent for long. */
    synchronized void forgetSilent(long nowNanos) {
        heard.values().removeIf(node -> nowNanos - node.atNanos > SILENCE_NANOS);
    }

    /** By what each map is resolved, here and where it differs. */
    public synchronized List<View> views() {
        SortedMap<String, ResolverIdentity> here = own.get();
        SortedMap<String, String> notCalled = suspended.get();
        SortedSet<String> maps = new TreeSet<>(here.keySet());
        heard.values().forEach(node -> maps.addAll(node.differences.keySet()));
        List<View> views = new ArrayList<>();
        for (String map : maps) {
            SortedMap<NodeId, String> elsewhere = new TreeMap<>();
            heard.forEach((node, said) -> Optional.ofNullable(said.differences.get(map))
                    .ifPresent(difference -> elsewhere.put(node, difference.theirs)));
            views.add(new View(map, text(here, map), Optional.ofNullable(notCalled.get(map)), elsewhere));
        }
        return views;
    }

    /** What an operator should look at. */
    List<HealthNote> notes() {
        List<HealthNote> notes = new ArrayList<>();
        for (View view : views()) {
            view.suspended()
                    .ifPresent(why -> notes.add(
                            new HealthNote(HealthReason.RESOLVER_SUSPENDED, why + ": its conflicts are unresolved")));
            view.elsewhere()
                    .forEach((node, theirs) -> notes.add(new HealthNote(
                            HealthReason.RESOLVERS_DIFFER, sentence(view.map(), view.resolver(), theirs, node))));
        }
        return notes;
    }

    private static String text(SortedMap<String, ResolverIdentity> resolvers, String map) {
        return resolvers.getOrDefault(map, ResolverIdentity.DEFAULT).toString();
    }

    private static String sentence(String map, String ours, String theirs, NodeId node) {
        return "the map " + map + " is resolved by " + ours + " here and by " + theirs + " at " + node
                + ": readers of keys in conflict may see different values until all nodes have the same";
    }

    /** What a node resolves otherwise, by map, and when it said so last. */
    private record Heard(SortedMap<String, Difference> differences, long atNanos) {}

    /** A map that another node resolves otherwise. */
    private record Difference(String ours, String theirs, long sinceNanos, boolean logged) {

        private static Difference after(@Nullable Difference before, String ours, String theirs, long nowNanos) {
            if (before != null && before.ours.equals(ours) && before.theirs.equals(theirs)) {
                return before;
            }
            return new Difference(ours, theirs, nowNanos, false);
        }

        private Difference told(NodeId node, String map, boolean oneSided, long nowNanos) {
            if (logged || (oneSided && nowNanos - sinceNanos < PATIENCE_NANOS)) {
                return this;
            }
            LOG.error("Nodes disagree: {}.", sentence(map, ours, theirs, node));
            return new Difference(ours, theirs, sinceNanos, true);
        }
    }
}
