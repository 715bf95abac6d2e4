package io.entente.samples.demo.shell;

import io.entente.cluster.verify.VerificationResult;
import io.entente.core.message.NodeId;
import io.entente.core.repair.Difference;
import io.entente.core.repair.VerificationReport;
import io.entente.samples.demo.cluster.DemoNode;
import io.entente.samples.terminal.FailureException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;

/** Compares what all nodes hold, row by row. */
@Command(
        name = "verify",
        description = "Compares what all nodes hold, row by row, and repairs what differs as most have it; fails unless"
                + " all that run hold the same.")
final class VerifyCommand extends ShellCommand {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    VerifyCommand(ShellContext context) {
        super(context);
    }

    @Override
    void run() {
        Optional<VerificationResult> all = Optional.empty();
        for (DemoNode node : cluster().liveNodes()) {
            if (all.isEmpty() || !all.get().notHeld().isEmpty()) {
                VerificationResult one = verify(node);
                all = Optional.of(all.map(before -> before.with(one)).orElse(one));
            }
        }
        show(all.orElseThrow(() -> new FailureException("no node runs: start one first")));
    }

    private static VerificationResult verify(DemoNode node) {
        return answer(node.require().verify(TIMEOUT), TIMEOUT.multipliedBy(2));
    }

    private void show(VerificationResult result) {
        long writes = result.partitions().values().stream()
                .mapToLong(report -> report.at().total())
                .sum();
        print(result.rows() + " rows in " + result.partitions().size() + " partitions after " + writes
                + " writes, digest " + result.digest());
        if (result.movedOn() > 0) {
            print(result.movedOn() + " rows more were written to meanwhile, and are compared another time");
        }
        Set<String> missing = new TreeSet<>();
        for (VerificationReport report : result.partitions().values()) {
            report.notCompared().forEach((node, why) -> missing.add(node.node() + " " + why));
            report.named().forEach(difference -> print(text(difference)));
        }
        missing.forEach(one -> print("not compared: " + one));
        result.failed().forEach((partition, why) -> print("partition " + partition + " is not verified: " + why));
        result.notHeld().forEach(partition -> print("partition " + partition + " is held by no node that runs"));
        switch (result.verdict()) {
            case EQUAL -> print("all data centers are equal");
            case REPAIRED ->
                throw new FailureException(result.differences()
                        + " rows differed, and are now as most nodes have them: 'verify' once more shows it");
            case DIFFERENT ->
                throw new FailureException(
                        result.differences() + " rows differ: write those anew that no majority decides");
            case INCOMPLETE -> throw new FailureException("what was compared is equal, but not all was compared");
        }
    }

    private static String text(Difference difference) {
        StringBuilder held = new StringBuilder();
        difference
                .held()
                .forEach((NodeId node, io.entente.core.message.RowState state) -> held.append(
                                held.length() == 0 ? "" : ", ")
                        .append(node.node())
                        .append(' ')
                        .append(word(state.kind())));
        return "differs: " + difference.key() + " (" + held + "): " + word(difference.outcome());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
