package io.entente.conflict.verify;

import io.entente.conflict.Ancestors;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.GuardedResolver;
import io.entente.conflict.Outcome;
import io.entente.conflict.Version;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Lineage;
import io.entente.conflict.version.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A history as it is played on replicas, one a data center, each with a resolver of its own: whenever a replica hears something it
 * reads, as a node's clients would.
 */
final class Play<V> {

    static final String MAP = "map";
    static final String KEY = "key";

    /** Histories are milliseconds apart, so that some writes are close and some aren't. */
    private static final Duration UNCERTAINTY = Duration.ofMillis(2);

    private final Supplier<? extends ConflictResolver<V>> resolver;
    private final Map<String, Replica> replicas = new LinkedHashMap<>();
    private final List<Written<V>> written = new ArrayList<>();

    private Play(Supplier<? extends ConflictResolver<V>> resolver) {
        this.resolver = resolver;
    }

    /** A write with everything its data center had by then, and what it replaced of that. */
    private record Written<V>(Version<V> version, Set<Dot> past, List<Dot> replaced) {}

    /** Plays the history; in the end everybody hears of everything. */
    static <V> Play<V> of(History<V> history, Supplier<? extends ConflictResolver<V>> resolver, boolean lastFirst) {
        Play<V> play = new Play<>(resolver);
        history.steps().forEach(play::perform);
        boolean readsAllTheTime = true;
        for (Play<V>.Replica replica : play.replicas.values()) {
            play.tellAll(replica, lastFirst, readsAllTheTime && !lastFirst);
            readsAllTheTime = !readsAllTheTime;
        }
        return play;
    }

    /** Some replicas' clients read after every write that arrives, those of others when all have arrived: it must make no difference. */
    private void tellAll(Replica replica, boolean lastFirst, boolean readsAllTheTime) {
        List<Written<V>> all = new ArrayList<>(written);
        if (lastFirst) {
            Collections.reverse(all);
        }
        all.forEach(write -> replica.hear(write, readsAllTheTime));
        replica.read();
    }

    private void perform(History.Step<V> step) {
        if (step instanceof History.Write<V> write) {
            replica(write.dataCenter()).write(write);
        } else if (step instanceof History.Bring<V> bring) {
            Replica to = replica(bring.to());
            new ArrayList<>(replica(bring.from()).applied.values()).forEach(write -> to.hear(write, true));
        }
    }

    private Replica replica(String dataCenter) {
        return replicas.computeIfAbsent(dataCenter, Replica::new);
    }

    /** What each data center reads in the end. */
    Map<String, Outcome<V>> outcomes() {
        Map<String, Outcome<V>> outcomes = new LinkedHashMap<>();
        replicas.forEach((name, replica) -> outcomes.put(name, replica.read()));
        return outcomes;
    }

    /** The conflict in the end, where there is one. */
    Optional<Conflict<V>> conflict() {
        return replicas.values().stream().findFirst().flatMap(Replica::conflict);
    }

    private final class Replica {

        private final Origin origin;
        private final GuardedResolver<V> own =
                GuardedResolver.<V>of(resolver.get()).within(UNCERTAINTY);
        private final Map<Dot, Written<V>> applied = new LinkedHashMap<>();
        private long sequence;

        private Replica(String dataCenter) {
            origin = new Origin(dataCenter, dataCenter + "-1", replicas.size() + 1L, 0);
        }

        private void write(History.Write<V> write) {
            Dot dot = new Dot(origin, ++sequence);
            HybridTimestamp timestamp = new HybridTimestamp(write.millis(), 0);
            Version<V> version = new Version<>(dot, timestamp, origin.dataCenter(), write.value());
            List<Dot> replaced = siblings().stream().map(Version::dot).toList();
            Written<V> made = new Written<>(version, Set.copyOf(applied.keySet()), replaced);
            written.add(made);
            applied.put(dot, made);
        }

        private void hear(Written<V> write, boolean reads) {
            boolean isNew = applied.putIfAbsent(write.version.dot(), write) == null;
            if (isNew && reads) {
                read();
            }
        }

        private Outcome<V> read() {
            List<Version<V>> siblings = siblings();
            return own.resolve(MAP, KEY, siblings, ancestor(siblings));
        }

        private Optional<Conflict<V>> conflict() {
            List<Version<V>> siblings = siblings();
            return siblings.size() < 2
                    ? Optional.empty()
                    : Optional.of(new Conflict<>(MAP, KEY, siblings, ancestor(siblings), UNCERTAINTY));
        }

        /** In the order in which they came: putting them in order is the conflict's part. */
        private List<Version<V>> siblings() {
            Set<Dot> seen = new LinkedHashSet<>();
            applied.values().forEach(write -> seen.addAll(write.past));
            return applied.values().stream()
                    .map(Written::version)
                    .filter(version -> !seen.contains(version.dot()))
                    .toList();
        }

        private Optional<Version<V>> ancestor(List<Version<V>> siblings) {
            if (!own.resolver().needsAncestor()) {
                return Optional.empty();
            }
            Map<Dot, List<Dot>> replaced = new LinkedHashMap<>();
            applied.forEach((dot, write) -> replaced.put(dot, write.replaced));
            return new Ancestors<>(own, Lineage.of(replaced), this::versionOf)
                    .of(MAP, KEY, siblings.stream().map(Version::dot).toList());
        }

        private Optional<Version<V>> versionOf(Dot dot) {
            return Optional.ofNullable(applied.get(dot)).map(Written::version);
        }
    }
}
