package io.entente.core.store.directory;

import io.entente.core.store.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process of its own that commits numbers to a data directory and says each when it is committed, until it is killed. */
final class CommittingProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader acknowledgements;
    private int acknowledged;

    private CommittingProcess(Process process) {
        this.process = process;
        this.acknowledgements = process.inputReader(StandardCharsets.UTF_8);
    }

    static CommittingProcess start(Path path, Durability durability) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder command = new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CommittingProcess.class.getName(),
                path.toString(),
                durability.name());
        return new CommittingProcess(
                command.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    long pid() {
        return process.pid();
    }

    /** Reads acknowledgements until there are so many. */
    void awaitAcknowledged(int count) throws IOException {
        while (acknowledged < count) {
            if (!next()) {
                throw new IOException("the process ended after " + acknowledged + " acknowledgements");
            }
        }
    }

    /** Kills the process as by SIGKILL; the number of commits it had acknowledged. */
    int kill() throws IOException, InterruptedException {
        // By its handle: the process object would throw away what has not been read yet.
        process.toHandle().destroyForcibly();
        while (next()) {
            // All that had left the process before its end.
        }
        process.waitFor();
        return acknowledged;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean next() throws IOException {
        String line = acknowledgements.readLine();
        if (line == null || !line.equals(Integer.toString(acknowledged))) {
            return false;
        }
        acknowledged++;
        return true;
    }

    /** The process: the directory and the durability are its arguments. */
    public static void main(String[] arguments) {
        DataDirectory directory = TestDirectory.open(Path.of(arguments[0]), Durability.valueOf(arguments[1]));
        int number = (int) directory.head();
        while (true) {
            TestDirectory.commit(number, number + 1, directory.store());
            System.out.println(number++);
            if (System.out.checkError()) {
                throw new UncheckedIOException(new IOException("nobody listens"));
            }
        }
    }
}
