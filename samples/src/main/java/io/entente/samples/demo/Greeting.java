package io.entente.samples.demo;

import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.cluster.DemoDirectory;
import io.entente.samples.demo.cluster.DemoNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** What the demo says while it starts, on standard error: results are alone on standard output. */
final class Greeting {

    private final PrintWriter err;

    Greeting(PrintWriter err) {
        this.err = err;
    }

    /** Starts the cluster and tells how that goes. */
    void start(DemoDirectory directory, DemoCluster cluster) {
        long start = System.nanoTime();
        say("three data centers are starting; data and log are in " + directory.path()
                + (directory.isTemporary() ? " until the end" : ""));
        cluster.start(what -> say(String.format(Locale.ROOT, "%5.1f s  %s", seconds(start), what)));
        for (DemoNode node : cluster.nodes()) {
            say(Ansi.AUTO.string("  @|bold " + node.name() + "|@  " + node.url()));
        }
    }

    private static double seconds(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }

    /** Three things to try. */
    static void suggest(PrintWriter err) {
        err.println();
        err.println("Try:");
        suggest(err, "put eu users/alice hello", "then 'get ap users/alice'");
        suggest(err, "isolate eu", "write the same key at eu and at us, 'heal', 'await', 'siblings eu users/alice'");
        suggest(err, "kill us-1", "write elsewhere, 'start us-1', 'await', 'status'");
        suggest(err, "story conflict", "a conflict, explained; 'story' lists all 25 stories");
        err.println("'help' lists all commands, 'quit' ends.");
        err.flush();
    }

    private static void suggest(PrintWriter err, String command, String then) {
        err.println(Ansi.AUTO.string(String.format("  @|bold %-26s|@ %s", command, then)));
    }
}
