package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.event.Now;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From whom each origin's entries are pulled: from the live neighbour next to the origin; but when another live neighbour is
 * ahead of that one for longer than the reroute time, from the most advanced one, distance only breaking ties. A source that claims
 * to be ahead and for long brings nothing is left for any other until something comes: its log may be damaged.
 *
 * <p>A static next hop would stall connected graphs, since a link elsewhere on the way may be cut.
 */
final class SourceChoice {

    private final Timing timing;
    private final Neighbourhood neighbourhood;
    private final Origin own;
    private final AppliedState applied;
    private final Peers peers;
    private final TreeMap<Origin, Choice> choices = new TreeMap<>();
    private final TreeMap<NodeId, Origin> latest = new TreeMap<>();

    SourceChoice(Timing timing, Neighbourhood neighbourhood, Origin own, AppliedState applied, Peers peers) {
        this.timing = timing;
        this.neighbourhood = neighbourhood;
        this.own = own;
        this.applied = applied;
        this.peers = peers;
    }

    Optional<NodeId> sourceOf(Origin origin) {
        Choice choice = choices.get(origin);
        return choice == null ? Optional.empty() : Optional.ofNullable(choice.source);
    }

    void advanced(Origin origin, long nowNanos) {
        Choice choice = choices.get(origin);
        if (choice != null) {
            choice.lastAdvanceNanos = nowNanos;
            choice.avoided = null;
        }
    }

    long lastAdvanceNanos(Origin origin) {
        Choice choice = choices.get(origin);
        return choice == null ? Long.MIN_VALUE / 2 : choice.lastAdvanceNanos;
    }

    boolean isLatestOfItsNode(Origin origin) {
        return origin.equals(latest.get(NodeId.of(origin)));
    }

    boolean isAnybodyAhead(Origin origin) {
        Choice choice = choices.get(origin);
        return choice != null && choice.somebodyAhead;
    }

    /** Looks at every origin any live neighbour has, and chooses; answers with those origins. */
    Set<Origin> review(Now now) {
        List<NodeId> neighbours = pullable(now);
        for (NodeId neighbour : neighbours) {
            peers.appliedBy(neighbour).forEach((origin, sequence) -> notice(origin, now));
        }
        choices.forEach((origin, choice) -> review(origin, choice, neighbours, now));
        return choices.keySet();
    }

    private List<NodeId> pullable(Now now) {
        List<NodeId> neighbours = new ArrayList<>();
        for (NodeId peer : peers.live(now)) {
            if (neighbourhood.mayPullFrom(peer)) {
                neighbours.add(peer);
            }
        }
        return neighbours;
    }

    private void notice(Origin origin, Now now) {
        if (!origin.equals(own) && !choices.containsKey(origin)) {
            choices.put(origin, new Choice(now.monotonicNanos()));
            latest.merge(NodeId.of(origin), origin, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    private void review(Origin origin, Choice choice, List<NodeId> neighbours, Now now) {
        choice.lookedAt(isAnyAhead(neighbours, origin), now.monotonicNanos());
        if (isStuck(choice, now)) {
            choice.avoid(choice.source, now.monotonicNanos());
        }
        choose(origin, choice, choice.eligible(neighbours), now);
    }

    private boolean isAnyAhead(List<NodeId> neighbours, Origin origin) {
        long have = applied.vector().sequenceOf(origin);
        for (NodeId neighbour : neighbours) {
            if (peers.appliedBy(neighbour, origin) > have) {
                return true;
            }
        }
        return false;
    }

    private void choose(Origin origin, Choice choice, List<NodeId> neighbours, Now now) {
        NodeId best = null;
        NodeId nearest = null;
        for (NodeId neighbour : neighbours) {
            best = best == null || isMoreAdvanced(neighbour, best, origin) ? neighbour : best;
            nearest = nearest == null || isNearer(neighbour, nearest, origin) ? neighbour : nearest;
        }
        if (best == null || nearest == null) {
            choice.source = null;
        } else if (choice.source == null || !neighbours.contains(choice.source)) {
            choice.pullFrom(nearest);
        } else {
            reroute(origin, choice, best, nearest, now);
        }
    }

    private void reroute(Origin origin, Choice choice, NodeId best, NodeId nearest, Now now) {
        NodeId current = java.util.Objects.requireNonNull(choice.source);
        NodeId better = current;
        if (peers.appliedBy(best, origin) > peers.appliedBy(current, origin)) {
            better = best;
        } else if (isNearer(nearest, current, origin)
                && peers.appliedBy(nearest, origin) >= peers.appliedBy(current, origin)) {
            better = nearest;
        }
        if (better.equals(current)) {
            choice.otherBetterSinceNanos = NEVER;
        } else if (choice.otherBetterSinceNanos == NEVER) {
            choice.otherBetterSinceNanos = now.monotonicNanos();
        } else if (now.monotonicNanos() - choice.otherBetterSinceNanos
                > timing.reroute().toNanos()) {
            choice.pullFrom(better);
        }
    }

    /** Whether the origin has not advanced for long although somebody claims to have more: its source may be unable to serve. */
    private boolean isStuck(Choice choice, Now now) {
        long patience = Math.max(5 * timing.stall().toNanos(), timing.reroute().toNanos());
        return choice.somebodyAhead
                && now.monotonicNanos() - Math.max(choice.lastAdvanceNanos, choice.aheadSinceNanos) > patience;
    }

    private boolean isMoreAdvanced(NodeId candidate, NodeId than, Origin origin) {
        int byProgress = Long.compare(peers.appliedBy(candidate, origin), peers.appliedBy(than, origin));
        return byProgress != 0 ? byProgress > 0 : isNearer(candidate, than, origin);
    }

    private boolean isNearer(NodeId candidate, NodeId than, Origin origin) {
        return neighbourhood.distance(candidate, origin) < neighbourhood.distance(than, origin);
    }

    private static final long NEVER = Long.MIN_VALUE;

    private static final class Choice {
        private @Nullable NodeId source;
        private long otherBetterSinceNanos = NEVER;
        private long lastAdvanceNanos;
        private boolean somebodyAhead;
        private long aheadSinceNanos;
        private @Nullable NodeId avoided;

        private Choice(long nowNanos) {
            lastAdvanceNanos = nowNanos;
        }

        private void lookedAt(boolean isSomebodyAhead, long nowNanos) {
            if (isSomebodyAhead && !somebodyAhead) {
                aheadSinceNanos = nowNanos;
            }
            somebodyAhead = isSomebodyAhead;
        }

        private void avoid(@Nullable NodeId neighbour, long nowNanos) {
            avoided = neighbour;
            aheadSinceNanos = nowNanos;
        }

        private List<NodeId> eligible(List<NodeId> neighbours) {
            List<NodeId> others = new ArrayList<>(neighbours);
            others.remove(avoided);
            return others.isEmpty() ? neighbours : others;
        }

        private void pullFrom(NodeId neighbour) {
            source = neighbour;
            otherBetterSinceNanos = NEVER;
        }
    }
}
