package io.entente.samples.demo.shell;

import io.entente.core.store.directory.Backup;
import io.entente.samples.demo.shell.Candidates.Nodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands that copy a node's data, and start it from a copy. */
final class BackupCommands {

    /** As much as the HTTP route gives a backup. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private BackupCommands() {}

    static List<ShellCommand> all(ShellContext context) {
        return List.of(new BackUp(context), new Restore(context));
    }

    @Command(
            name = "backup",
            description =
                    "Copies a node's data, as it is now, to a directory that doesn't exist yet; the node goes on.")
    static final class BackUp extends ShellCommand {

        @Parameters(index = "0", paramLabel = "NODE", completionCandidates = Nodes.class)
        private String node = "";

        @Parameters(index = "1", paramLabel = "DIR")
        private Path directory = Path.of("");

        BackUp(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            Backup made = answer(cluster().node(node).require().backup(directory), PATIENCE);
            print("node " + made.node() + " is in " + made.directory() + ": " + made.files() + " files, " + made.bytes()
                    + " bytes");
        }
    }

    @Command(
            name = "restore",
            description = "Puts a backup in the place of a killed node's data; 'start' then starts it as restored.")
    static final class Restore extends ShellCommand {

        @Parameters(index = "0", paramLabel = "NODE", completionCandidates = Nodes.class)
        private String node = "";

        @Parameters(index = "1", paramLabel = "DIR")
        private Path directory = Path.of("");

        Restore(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            cluster().restore(node, directory);
        }
    }
}
