package io.entente.core.repair;

import io.entente.core.message.NodeId;
import io.entente.core.message.RowState;
import io.entente.core.message.RowState.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the replicas that were compared hold under one key, and who is right: what more than half of them hold. A row that can't be read
 * has no vote, so of two replicas the one that can read its row is right. Immutable.
 *
 * @param states by node, what it holds
 */
public record Ballot(SortedMap<NodeId, RowState> states) {

    public Ballot {
        states = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(states));
    }

    /** Whether all can read what they hold, and it is the same. */
    public boolean isUnanimous() {
        return states.values().stream().allMatch(one -> states.values().stream().allMatch(one::agreesWith));
    }

    /** Who of the majority can give the row; of those that hold deletions one that still has them. Empty without a majority. */
    public Optional<NodeId> winner() {
        long voters = states.values().stream()
                .filter(state -> state.kind().isReadable())
                .count();
        for (Map.Entry<NodeId, RowState> candidate : states.entrySet()) {
            long votes = states.values().stream()
                    .filter(candidate.getValue()::agreesWith)
                    .count();
            if (votes * 2 > voters) {
                return Optional.of(preferred(candidate));
            }
        }
        return Optional.empty();
    }

    private NodeId preferred(Map.Entry<NodeId, RowState> candidate) {
        return states.entrySet().stream()
                .filter(each -> each.getValue().agreesWith(candidate.getValue()))
                .filter(each -> each.getValue().kind() == Kind.GONE)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(candidate.getKey());
    }

    /** Those that don't hold what the winner holds. */
    public List<NodeId> minority(NodeId winner) {
        List<NodeId> wrong = new ArrayList<>();
        RowState right = java.util.Objects.requireNonNull(states.get(winner), "the winner's state");
        states.forEach((node, state) -> {
            if (!state.agreesWith(right)) {
                wrong.add(node);
            }
        });
        return wrong;
    }
}
