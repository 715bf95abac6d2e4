package io.entente.core.directories;

import io.entente.core.message.NodeId;
import io.entente.core.store.directory.Recovery;
import io.entente.core.store.directory.Recovery.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A process of its own in which three nodes write and replicate as fast as they can, until it is killed. Says each acknowledged write. */
final class KilledCluster {

    private static final String STARTED = "started";
    private static final String END = ";";

    private KilledCluster() {}

    /**
     * Runs the process for a while and kills it as by SIGKILL.
     *
     * @param until how many acknowledgements to wait for; with none, until its first word, which it says before it opens anything
     * @return the dots of the writes it has acknowledged
     * @throws IOException when it ended by itself
     */
    static List<String> runAndKill(Path parent, long seed, int until) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledCluster.class.getName(),
                        parent.toString(),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> acknowledged = new ArrayList<>();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        while (line != null && acknowledged.size() < until) {
            line = said.readLine();
            note(line, acknowledged);
        }
        if (line == null) {
            throw new IOException("the process ended by itself with " + process.waitFor());
        }
        // By its handle: the process object would throw away what has not been read yet.
        process.toHandle().destroyForcibly();
        for (line = said.readLine(); line != null; line = said.readLine()) {
            note(line, acknowledged);
        }
        process.waitFor();
        return acknowledged;
    }

    /** A line that the kill cut short says nothing. */
    private static void note(@Nullable String line, List<String> acknowledged) {
        if (line != null && line.endsWith(END)) {
            acknowledged.add(line.substring(0, line.length() - END.length()));
        }
    }

    /** The process: where the directories are, and a seed. */
    public static void main(String[] arguments) {
        System.out.println(STARTED);
        Path parent = Path.of(arguments[0]);
        boolean founds = !parent.resolve(TornCluster.IDS.get(0).node()).toFile().exists();
        Register register = new Register();
        TornCluster cluster = new TornCluster(
                parent,
                register,
                new SplittableRandom(Long.parseLong(arguments[1])),
                TornCluster.LONG,
                (at, written) -> System.out.println(written.dot() + END));
        for (NodeId id : TornCluster.IDS) {
            Recovery recovery = cluster.start(id, founds && id.equals(TornCluster.IDS.get(0)), false);
            if (recovery.state() == State.MAY_HAVE_LOST) {
                System.err.println(id + ": " + recovery.reason());
                System.exit(1);
            }
            register.read(cluster.node(id).directory().store());
        }
        while (!System.out.checkError()) {
            cluster.live(10);
        }
    }
}
