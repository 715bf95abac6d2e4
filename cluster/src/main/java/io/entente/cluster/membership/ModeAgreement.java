package io.entente.cluster.membership;

import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the nodes of the cluster are configured with the same {@code entente.mode}. It counts where a cluster is founded; afterwards the cluster's own mode does, which
 * every node that joins follows, so a difference breaks nothing and nobody is refused for it. But somebody who wrote one mode and gets another is to know, and so is
 * who would found the next cluster from these configurations.
 *
 * <p>A difference is logged once at each of the two nodes. A node that has said nothing for long has left, or is down, and counts no more. Thread-safe.
 */
public final class ModeAgreement {

    /** For how long what a node said counts, if it says nothing more. */
    static final long SILENCE_NANOS = 60_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(ModeAgreement.class);

    private final String own;
    private final SortedMap<NodeId, Heard> others = new TreeMap<>();

    /**
     * @param own the mode that this node is configured with, as people write it
     */
    public ModeAgreement(String own) {
        this.own = own;
    }

    /** The mode that this node is configured with. */
    String own() {
        return own;
    }

    /**
     * Hears with which mode another node is configured.
     *
     * @param inForce the cluster's own mode, as far as it is known
     */
    synchronized void heard(NodeId node, String mode, Optional<String> inForce, long nowNanos) {
        Heard before = others.put(node, new Heard(mode, nowNanos));
        boolean isNews = before == null || !before.mode.equals(mode);
        if (isNews && !mode.equals(own)) {
            LOG.warn("{}", sentence(node, mode, inForce));
        }
    }

    /** What an operator should look at, a sentence for each node that is configured otherwise. */
    synchronized List<String> remarks(Optional<String> inForce, long nowNanos) {
        others.values().removeIf(heard -> nowNanos - heard.atNanos > SILENCE_NANOS);
        List<String> remarks = new ArrayList<>();
        others.forEach((node, heard) -> {
            if (!heard.mode.equals(own)) {
                remarks.add(sentence(node, heard.mode, inForce));
            }
        });
        return remarks;
    }

    private String sentence(NodeId node, String mode, Optional<String> inForce) {
        return "node " + node + " is configured with entente.mode = " + mode + " and this node with entente.mode = "
                + own
                + ": both follow the mode of the cluster"
                + inForce.map(name -> ", which is " + name).orElse("")
                + "; configure the same at all nodes, or change the cluster's with POST /admin/mode";
    }

    /** What a node is configured with, and when it said so last. */
    private record Heard(String mode, long atNanos) {}
}
