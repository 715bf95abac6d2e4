package io.entente.cluster.conflict;

import io.entente.cluster.map.Resolved;
import io.entente.cluster.map.ResolverIdentity;
import io.entente.cluster.map.StoredValue;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.core.journal.ConflictId;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A conflict that a node has seen, and what its map's resolver makes of it.
 *
 * @param id what it is called at every node
 * @param key the record
 * @param siblings the concurrent versions in canonical order
 * @param ancestors the newest versions they all descend from, where they were kept: several where lines crossed, which a resolver sees
 *     merged into one
 * @param extended the conflict that the key was in just before, at this node
 * @param outcome what the map's resolver makes of the siblings
 * @param whatIf what the other resolver that was asked for would make of them
 * @param open whether the key still holds just these siblings at this node
 * @param at when the node saw it, by its wall clock
 * @param node the node
 */
public record SeenConflict(
        ConflictId id,
        RecordKey key,
        List<SeenVersion> siblings,
        List<SeenVersion> ancestors,
        Optional<ConflictId> extended,
        Verdict outcome,
        Optional<Verdict> whatIf,
        boolean open,
        Instant at,
        NodeId node) {

    public SeenConflict {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(key, "key");
        siblings = List.copyOf(siblings);
        ancestors = List.copyOf(ancestors);
        Objects.requireNonNull(extended, "extended");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(whatIf, "whatIf");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(node, "node");
    }

    /** The version they all descend from, where there is one. */
    public Optional<SeenVersion> ancestor() {
        return ancestors.size() == 1 ? Optional.of(ancestors.get(0)) : Optional.empty();
    }

    /** Whether lines crossed, so that there are several ancestors. */
    public boolean isCrossed() {
        return ancestors.size() > 1;
    }

    /**
     * What to write with to overrule the outcome: such a write supersedes just these siblings. A newer write to the key stays, as its
     * sibling; to be refused then, write {@code ifCurrent}.
     */
    public CausalContext context() {
        return CausalContext.of(siblings.stream().map(SeenVersion::dot).toList(), false);
    }

    /** Why the outcome is but a fallback, as a sentence; empty when it is what the resolver made, or isn't known. */
    public Optional<String> unresolved() {
        return outcome.resolved().flatMap(Resolved::unresolved);
    }

    /**
     * One version.
     *
     * @param dot the write's identity
     * @param timestamp when it was accepted
     * @param deleted whether it is a deletion
     * @param value its value; empty for a deletion, and where it was too large for the journal
     * @param length the bytes of its stored form
     */
    public record SeenVersion(
            Dot dot, HybridTimestamp timestamp, boolean deleted, Optional<StoredValue> value, int length) {

        public SeenVersion {
            Objects.requireNonNull(dot, "dot");
            Objects.requireNonNull(timestamp, "timestamp");
            Objects.requireNonNull(value, "value");
        }

        /** Whether it is a value that was too large for the journal. */
        public boolean isOmitted() {
            return !deleted && value.isEmpty();
        }
    }

    /**
     * What a resolver makes of a conflict.
     *
     * @param resolver the resolver
     * @param resolved the result; empty where the journal hasn't all that the resolver would see and the key doesn't hold it any more:
     *     values too large for it, or what ancestors that crossed descend from
     */
    public record Verdict(ResolverIdentity resolver, Optional<Resolved> resolved) {

        public Verdict {
            Objects.requireNonNull(resolver, "resolver");
            Objects.requireNonNull(resolved, "resolved");
        }
    }
}
