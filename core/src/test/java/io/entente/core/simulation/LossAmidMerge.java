package io.entente.core.simulation;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Lets a node lose everything, and, while it merges a snapshot, which takes it long, the other one lose part of what it gave: that lies on the former's disk
 * then, staged, and nowhere else.
 */
final class LossAmidMerge {

    private static final long LOOK_EVERY_NANOS = 2_000_000L;

    private final World world;
    private final Faults faults;
    private final Chance chance;
    private final Set<SimulatedNode> merging = new LinkedHashSet<>();
    private boolean active = true;

    LossAmidMerge(World world, Faults faults, Chance chance) {
        this.world = world;
        this.faults = faults;
        this.chance = chance;
    }

    void begin() {
        loseAllNowAndThen();
        lookNowAndThen();
    }

    /** Who has lost everything joins a snapshot, and has nothing else to say. */
    private void loseAllNowAndThen() {
        world.schedule().after(chance.millis(1_000, 6_000), () -> {
            if (active) {
                SimulatedNode node = chance.oneOf(world.nodes());
                if (merging.isEmpty()) {
                    faults.loseAll(node);
                }
                loseAllNowAndThen();
            }
        });
    }

    private void lookNowAndThen() {
        world.schedule().after(LOOK_EVERY_NANOS, () -> {
            if (active) {
                world.nodes().forEach(this::look);
                lookNowAndThen();
            }
        });
    }

    void end() {
        active = false;
    }

    private void look(SimulatedNode node) {
        boolean merges = node.isUp() && Joined.isMerging(node.disk());
        if (!merges) {
            merging.remove(node);
        } else if (merging.add(node) && chance.of(0.7)) {
            node.diskCrawlsFor(chance.millis(5_000, 15_000));
            world.nodes().stream()
                    .filter(other -> other != node && chance.of(0.9))
                    .forEach(faults::lose);
        }
    }
}
