package io.entente.samples.demo;

import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.cluster.DemoDirectory;
import io.entente.samples.terminal.Logging;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A demo's directory and the cluster in it. Both are given up when it is closed, and when the process is told to end, by Ctrl-C
 * too. Thread-safe.
 */
final class RunningDemo implements AutoCloseable {

    private final DemoDirectory directory;
    private final Thread atExit = new Thread(this::close, "demo-end");
    private @Nullable DemoCluster cluster;
    private volatile boolean closed;

    private RunningDemo(DemoDirectory directory) {
        this.directory = directory;
    }

    /** Takes the directory, a temporary one by default, and logs into it from now on. */
    static RunningDemo in(Optional<Path> path) {
        RunningDemo demo = new RunningDemo(path.map(DemoDirectory::at).orElseGet(DemoDirectory::temporary));
        Runtime.getRuntime().addShutdownHook(demo.atExit);
        Logging.toFile(demo.directory.log());
        return demo;
    }

    DemoDirectory directory() {
        return directory;
    }

    /** Makes the cluster, which is not started yet. */
    synchronized DemoCluster cluster(Function<DemoDirectory, DemoCluster> making) {
        if (closed) {
            throw new IllegalStateException("the demo is ending");
        }
        DemoCluster made = making.apply(directory);
        cluster = made;
        return made;
    }

    /** Whether it has been closed, or is being closed. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            if (cluster != null) {
                cluster.close();
            }
        } finally {
            directory.close();
            forgetExit();
        }
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // then the hook runs, and finds all done
        }
    }
}
