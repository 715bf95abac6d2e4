package io.entente.samples.demo.shell;

import io.entente.cluster.map.StoredValue;
import io.entente.cluster.retirement.LostWrite;
import io.entente.cluster.retirement.LostWrites;
import io.entente.cluster.retirement.LostWritesPage;
import io.entente.cluster.retirement.SalvageOutcome;
import io.entente.cluster.retirement.SalvageScope;
import io.entente.core.record.Payload;
import io.entente.samples.demo.cluster.DemoNode;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.MisuseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that let go of nodes, and bring back what only they had. */
final class RetirementCommands {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RetirementCommands() {}

    static List<ShellCommand> all(ShellContext context) {
        return List.of(new Retire(context), new Salvage(context));
    }

    @Command(
            name = "retire",
            description =
                    "Retires a node, dead or alive: the others stop waiting for it.%n"
                            + "When it is started again it is told so; at the start after that it comes back with its old data put aside.")
    static final class Retire extends ShellCommand {

        @Parameters(index = "0", paramLabel = "NODE", completionCandidates = Candidates.Nodes.class)
        private String node = "";

        Retire(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            DemoNode at = cluster().liveNodes().stream()
                    .filter(live ->
                            !live.name().equals(node) && live.obstacles().isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new FailureException("no other node is ready: start one first"));
            answer(at.require().retire(node), PATIENCE);
            print(Optional.ofNullable(at.view().retiring().get(node))
                    .map(waitsFor -> "node " + node + " is being retired; this waits for "
                            + (waitsFor.isEmpty() ? "its writes to arrive everywhere" : String.join(", ", waitsFor)))
                    .orElse("node " + node + " is retired"));
        }
    }

    @Command(
            name = "salvage",
            description =
                    "Lists the writes that a node accepted and only it had when it was retired; with 'write' makes them anew.")
    static final class Salvage extends ShellCommand {

        private static final int MOST_PRINTED = 100;

        @Parameters(index = "0", paramLabel = "NODE", completionCandidates = Candidates.Nodes.class)
        private String node = "";

        @Parameters(index = "1", paramLabel = "write", arity = "0..1")
        private Optional<String> action = Optional.empty();

        @Option(
                names = "--of",
                paramLabel = "NODE",
                description = "those that another node accepted, which doesn't come back")
        private Optional<String> of = Optional.empty();

        Salvage(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            LostWrites lost = cluster().node(node).require().lostWrites();
            SalvageScope scope = new SalvageScope(Optional.empty(), Optional.empty(), of);
            if (action.isEmpty()) {
                list(answer(lost.list(scope, MOST_PRINTED), PATIENCE));
            } else if (action.get().equals("write")) {
                write(answer(lost.writeBack(scope), PATIENCE));
            } else {
                throw new MisuseException(
                        "salvage " + node + " " + action.get() + ": say 'write', or nothing to have a list");
            }
        }

        private void list(LostWritesPage page) {
            if (page.writes().isEmpty()) {
                print("nothing that "
                        + of.map(other -> other + " accepted and ").orElse("") + "only " + node + " has");
            }
            page.writes().stream().map(Salvage::text).forEach(this::print);
            if (page.more()) {
                print("and more");
            }
        }

        private static String text(LostWrite lost) {
            Payload payload = lost.write().payload();
            String what = payload instanceof Payload.Value value
                    ? StoredValue.open(value.content()).content().utf8()
                    : payload.isDeletion() ? "deleted" : "operations";
            return lost.write().key() + " = " + what + " (" + lost.write().dot() + ")";
        }

        private void write(SalvageOutcome outcome) {
            print(outcome.written().size() + " written back, " + outcome.left() + " left");
            outcome.refused().forEach(each -> print(each.lost() + ": " + each.why()));
        }
    }
}
