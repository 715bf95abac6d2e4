package io.entente.samples.demo.cluster;

import io.entente.cluster.membership.NodePort;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which links are cut. The nodes forget their cuts when they are killed; this remembers them, and puts them on a node that was
 * started again. Confined to the shell's thread.
 */
final class Cuts {

    private final Set<Link> cut = new TreeSet<>();

    void add(String a, String b) {
        cut.add(Link.between(a, b));
    }

    void remove(String a, String b) {
        cut.remove(Link.between(a, b));
    }

    void clear() {
        cut.clear();
    }

    /** Makes the links of a data center's node what they should be. */
    void applyTo(NodePort node, String dataCenter) {
        for (String other : DemoCluster.DATA_CENTERS) {
            if (!other.equals(dataCenter)) {
                boolean isCut = cut.contains(Link.between(dataCenter, other));
                node.link(dataCenter, other, isCut);
                node.link(other, dataCenter, isCut);
            }
        }
    }

    /** Whether any link of that data center is cut. */
    boolean concern(String dataCenter) {
        return cut.stream()
                .anyMatch(link -> link.a().equals(dataCenter) || link.b().equals(dataCenter));
    }

    /** A link both ways; {@code a} is before {@code b}. */
    private record Link(String a, String b) implements Comparable<Link> {

        private static Link between(String a, String b) {
            return a.compareTo(b) < 0 ? new Link(a, b) : new Link(b, a);
        }

        @Override
        public int compareTo(Link other) {
            return toString().compareTo(other.toString());
        }
    }
}
