package io.entente.samples.demo.cluster;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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

    /** Makes a node's links what they should be, those to data centers it knows of. */
    void applyTo(DemoNode node) {
        String here = node.dataCenter();
        for (String there : node.knownDataCenters()) {
            if (!there.equals(here)) {
                boolean isCut = cut.contains(Link.between(here, there));
                node.require().node().link(here, there, isCut);
                node.require().node().link(there, here, isCut);
            }
        }
    }

    /** Says which links are cut, for whoever may have forgotten; empty when none is. */
    String reminder() {
        return cut.isEmpty()
                ? ""
                : " (cut: " + cut.stream().map(Link::toString).collect(Collectors.joining(", ")) + "; 'heal' mends)";
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

        @Override
        public String toString() {
            return a + "-" + b;
        }
    }
}
