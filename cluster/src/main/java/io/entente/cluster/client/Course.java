package io.entente.cluster.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Where requests go: to the nodes of one site in turn, so that reads are spread over leaders and followers. When all of them fail, to the next
 * site, which the client then keeps to; after a while it tries the nearest again. A node that failed is asked last for some seconds.
 * Thread-safe.
 */
final class Course {

    /** For how long a node that failed is asked after all others. */
    static final Duration REST = Duration.ofSeconds(5);

    /** How long a client that had to go elsewhere stays there. */
    static final Duration STAY = Duration.ofSeconds(30);

    private final List<Site> sites;
    private final LongSupplier nanos;
    private final Map<URI, Long> restsUntil = new HashMap<>();
    private int current;
    private long arrivedNanos;
    private int turn;

    /**
     * @param sites the nearest first
     * @param nanos the monotonic clock
     */
    Course(List<Site> sites, LongSupplier nanos) {
        this.sites = List.copyOf(sites);
        this.nanos = nanos;
    }

    /** All nodes, in the order in which the next request is to try them. */
    synchronized List<URI> next() {
        long now = nanos.getAsLong();
        restsUntil.values().removeIf(until -> until - now <= 0);
        if (current != 0 && now - arrivedNanos >= STAY.toNanos()) {
            current = 0;
        }
        List<URI> rested = new ArrayList<>();
        List<URI> resting = new ArrayList<>();
        for (int i = 0; i < sites.size(); i++) {
            // After the site that it keeps to come the others, the nearest first.
            int site = i == 0 ? current : i <= current ? i - 1 : i;
            for (URI node : inTurn(sites.get(site).nodes())) {
                (restsUntil.containsKey(node) ? resting : rested).add(node);
            }
        }
        turn++;
        rested.addAll(resting);
        return rested;
    }

    private List<URI> inTurn(List<URI> nodes) {
        int first = Math.floorMod(turn, nodes.size());
        List<URI> rotated = new ArrayList<>(nodes.subList(first, nodes.size()));
        rotated.addAll(nodes.subList(0, first));
        return rotated;
    }

    /** A node gave no answer, or can't serve anybody now. */
    synchronized void failed(URI node) {
        restsUntil.put(node, nanos.getAsLong() + REST.toNanos());
    }

    /** A node served; the client keeps to its site. */
    synchronized void served(URI node) {
        restsUntil.remove(node);
        int site = siteOf(node);
        if (site >= 0 && site != current) {
            current = site;
            arrivedNanos = nanos.getAsLong();
        }
    }

    /** The site that requests go to now. */
    synchronized Site site() {
        return sites.get(current);
    }

    private int siteOf(URI node) {
        for (int i = 0; i < sites.size(); i++) {
            if (sites.get(i).nodes().contains(node)) {
                return i;
            }
        }
        return -1;
    }
}
