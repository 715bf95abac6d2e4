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
 * From whom each origin's entries are pulled: from the nearest live neighbour that keeps up. A neighbour <i>keeps up</i> when it has what the
 * most advanced one had the reroute time ago; so entries that are on their way don't make a neighbour look slow, and one whose
 * own way is cut is left within twice that time. A source that claims to be ahead and for long brings nothing is left for any
 * other until something comes: its log may be damaged.
 *
 * <p>A static next hop would stall connected graphs, since a link elsewhere on the way may be cut.
 */
final class SourceChoice {

    private final Timing timing;
    private final Neighbourhood neighbourhood;
    private final Origin own;
    private final AppliedState applied;
    private final Peers peers;
    private final Feeds feeds;
    private final TreeMap<Origin, Choice> choices = new TreeMap<>();
    private final TreeMap<NodeId, Origin> latest = new TreeMap<>();

    SourceChoice(
            Timing timing, Neighbourhood neighbourhood, Origin own, AppliedState applied, Peers peers, Feeds feeds) {
        this.timing = timing;
        this.neighbourhood = neighbourhood;
        this.own = own;
        this.applied = applied;
        this.peers = peers;
        this.feeds = feeds;
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

    /** Pulls the origin from that neighbour alone, until this replica has what there is of it, or nothing comes. */
    void prefer(Origin origin, NodeId neighbour) {
        Choice choice = choices.get(origin);
        if (choice != null) {
            choice.preferred = neighbour;
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

    /** Unless one of these is its source, the origin is pulled from the nearest of them that has so much of it. */
    void hasten(Origin origin, long sequence, Set<NodeId> answered, Now now) {
        notice(origin, now);
        Choice choice = choices.get(origin);
        if (choice == null || (choice.source != null && answered.contains(choice.source))) {
            return;
        }
        NodeId nearest = null;
        for (NodeId neighbour : pullable(now)) {
            if (answered.contains(neighbour)
                    && peers.appliedBy(neighbour, origin) >= sequence
                    && (nearest == null || isNearer(neighbour, nearest, origin))) {
                nearest = neighbour;
            }
        }
        if (nearest != null) {
            choice.pullFrom(nearest, now.monotonicNanos());
        }
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
        long most = 0;
        for (NodeId neighbour : neighbours) {
            most = Math.max(most, peers.appliedBy(neighbour, origin));
        }
        choice.lookedAt(most > applied.vector().sequenceOf(origin), now.monotonicNanos());
        choice.mark(most, now.monotonicNanos(), timing.reroute().toNanos());
        if (isStuck(choice, now)) {
            choice.avoid(choice.source, now.monotonicNanos());
        }
        choose(origin, choice, choice.eligible(neighbours), now);
    }

    private void choose(Origin origin, Choice choice, List<NodeId> neighbours, Now now) {
        NodeId nearest = null;
        NodeId mostAdvanced = null;
        for (NodeId neighbour : neighbours) {
            if (isCandidate(neighbour, origin, choice) && (nearest == null || isNearer(neighbour, nearest, origin))) {
                nearest = neighbour;
            }
            if (mostAdvanced == null || isMoreAdvanced(neighbour, mostAdvanced, origin)) {
                mostAdvanced = neighbour;
            }
        }
        NodeId best = nearest != null ? nearest : mostAdvanced;
        if (best == null) {
            choice.source = null;
        } else if (isToBeLeft(origin, choice, neighbours, best, now)) {
            choice.pullFrom(best, now.monotonicNanos());
        }
    }

    private boolean isToBeLeft(Origin origin, Choice choice, List<NodeId> neighbours, NodeId best, Now now) {
        NodeId source = choice.source;
        if (source == null || !neighbours.contains(source)) {
            return true;
        }
        boolean rested =
                now.monotonicNanos() - choice.chosenAtNanos > timing.reroute().toNanos();
        return !keepsUp(source, origin, choice) || (rested && isNearer(best, source, origin));
    }

    /**
     * Whether the neighbour keeps up by itself. One that pulls the origin from here has it from here, unless it has more: two that
     * pulled from each other would both wait.
     */
    private boolean isCandidate(NodeId neighbour, Origin origin, Choice choice) {
        return keepsUp(neighbour, origin, choice)
                && (!feeds.serves(neighbour, origin)
                        || peers.appliedBy(neighbour, origin) > applied.vector().sequenceOf(origin));
    }

    private boolean keepsUp(NodeId neighbour, Origin origin, Choice choice) {
        return peers.appliedBy(neighbour, origin) >= choice.mark;
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

    private static final class Choice {
        private @Nullable NodeId source;
        private long chosenAtNanos;
        private long lastAdvanceNanos;
        private boolean somebodyAhead;
        private long aheadSinceNanos;
        private @Nullable NodeId avoided;
        private @Nullable NodeId preferred;

        /** What the most advanced neighbour had between one and two reroute times ago, and what it had at the last mark. */
        private long mark;

        private long nextMark;
        private long markedAtNanos = Long.MIN_VALUE / 2;

        private Choice(long nowNanos) {
            lastAdvanceNanos = nowNanos;
        }

        private void mark(long most, long nowNanos, long everyNanos) {
            if (nowNanos - markedAtNanos > everyNanos) {
                mark = nextMark;
                nextMark = most;
                markedAtNanos = nowNanos;
            }
        }

        private void lookedAt(boolean isSomebodyAhead, long nowNanos) {
            if (isSomebodyAhead && !somebodyAhead) {
                aheadSinceNanos = nowNanos;
            }
            preferred = isSomebodyAhead ? preferred : null;
            somebodyAhead = isSomebodyAhead;
        }

        private void avoid(@Nullable NodeId neighbour, long nowNanos) {
            avoided = neighbour;
            preferred = null;
            aheadSinceNanos = nowNanos;
        }

        private List<NodeId> eligible(List<NodeId> neighbours) {
            if (preferred != null && neighbours.contains(preferred)) {
                return List.of(preferred);
            }
            List<NodeId> others = new ArrayList<>(neighbours);
            others.remove(avoided);
            return others.isEmpty() ? neighbours : others;
        }

        private void pullFrom(NodeId neighbour, long nowNanos) {
            source = neighbour;
            chosenAtNanos = nowNanos;
        }
    }
}
