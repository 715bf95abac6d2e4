package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.core.effect.Reply;
import io.entente.core.repair.VerificationReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Clients that have replicas compare their records while everything else goes on. Where nothing is wrong with a disk, nothing may be
 * found.
 */
final class Verifying {

    private static final int MOST_ATTEMPTS = 20;
    private static final Duration LAST_TIMEOUT = Duration.ofSeconds(60);

    private final World world;
    private final Chance chance;
    private final Rot rot;
    private boolean active = true;
    private @Nullable VerificationReport lastReport;

    Verifying(World world, Chance chance, Rot rot) {
        this.world = world;
        this.chance = chance;
        this.rot = rot;
    }

    void begin() {
        rot.begin();
        verifySome();
    }

    void end() {
        active = false;
        rot.end();
    }

    private void verifySome() {
        world.schedule().after(chance.millis(100, 2_000), () -> {
            if (active) {
                List<SimulatedNode> up = world.up();
                if (!up.isEmpty()) {
                    Duration timeout = Duration.ofMillis(chance.between(200, 20_000));
                    world.clients().verify(chance.oneOf(up), timeout);
                }
                verifySome();
            }
        });
    }

    /** What a verification has found must be there to be found. */
    void answered(Reply.Verified verified) {
        VerificationReport report = verified.report();
        unless(
                report.differences() == 0 || rot.hasBegun(),
                Law.VERIFICATION,
                () -> "nothing is wrong, and a verification found " + report);
        if (!report.compared().isEmpty()) {
            world.tally().count(report.movedOn() > 0 ? Path.VERIFIED_WHILE_MOVING : Path.VERIFIED);
        }
        if (report.provesEquality() && report.rows() > 0) {
            world.tally().count(Path.PROVED_EQUAL);
        }
        report.named().forEach(difference -> {
            switch (difference.outcome()) {
                case REPAIRED -> world.tally().count(Path.ROT_REPAIRED);
                case NO_MAJORITY -> world.tally().count(Path.ROT_WITHOUT_MAJORITY);
                case CHANGED_MEANWHILE, NOT_REPAIRED -> world.tally().count(Path.ROT_CHANGED);
            }
        });
        lastReport = report;
    }

    /** At rest, with everybody there: verifications must come to find nothing, and then nothing may be wrong. */
    void mend() {
        if (!rot.hasBegun()) {
            return;
        }
        // A verifier repairs itself; here the others have to bring it about.
        List<SimulatedNode> healthy =
                world.up().stream().filter(node -> !rot.isAt(node)).toList();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            lastReport = null;
            world.clients().verify(chance.oneOf(healthy), LAST_TIMEOUT);
            long deadline = world.schedule().nowNanos() + LAST_TIMEOUT.toNanos();
            while (lastReport == null && world.schedule().nowNanos() < deadline) {
                world.schedule().runUntil(world.schedule().nowNanos() + 100_000_000L);
            }
            if (lastReport != null && lastReport.provesEquality() && lastReport.movedOn() == 0) {
                rot.isOver();
                return;
            }
        }
        throw new Violation(Law.VERIFICATION, "no end of differences: " + lastReport);
    }
}
