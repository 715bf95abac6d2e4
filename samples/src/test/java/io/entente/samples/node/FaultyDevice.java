package io.entente.samples.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/**
 * A device under one process's directory that is full, or fails, when told to. A library does that which is compiled here and loaded before all
 * others; the process, its database and its files are real.
 */
final class FaultyDevice {

    private static final String SOURCE = "/faulty-device.c";

    private final Path library;
    private final Path switches;

    private FaultyDevice(Path library, Path switches) {
        this.library = library;
        this.switches = switches;
    }

    /** Compiles the library in a directory; skips the test where that isn't possible, and says so. */
    static FaultyDevice compiledIn(Path home) throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux"),
                "skipped: a library that makes a device fail is preloaded on Linux only");
        Path source = home.resolve("faulty-device.c");
        try (InputStream code = Objects.requireNonNull(FaultyDevice.class.getResourceAsStream(SOURCE))) {
            Files.copy(code, source);
        }
        Path library = home.resolve("faulty-device.so");
        Assumptions.assumeTrue(
                compiled(source, library),
                "skipped: no C compiler (cc) made the library with which a device fails; install one (Debian: gcc libc6-dev)");
        return new FaultyDevice(library, Files.createDirectory(home.resolve("switches")));
    }

    private static boolean compiled(Path source, Path library) {
        try {
            return new ProcessBuilder(
                                    "cc",
                                    "-shared",
                                    "-fPIC",
                                    "-O1",
                                    "-o",
                                    library.toString(),
                                    source.toString(),
                                    "-ldl")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Puts it under a process's data directory, which need not exist yet. */
    void under(NodeUnderTest node, Path data) throws IOException {
        node.withEnvironment("LD_PRELOAD", library.toString())
                .withEnvironment(
                        "FAULTY_DIRECTORY",
                        data.resolveSibling(".")
                                .toRealPath()
                                .resolve(data.getFileName())
                                .toString())
                .withEnvironment("FAULTY_SWITCH", switches.toString());
    }

    /** Nothing can grow from now on, and no room is left. */
    void full() throws IOException {
        Files.createFile(switches.resolve("full"));
    }

    /** Nothing is brought to the device from now on: that is an I/O error. */
    void broken() throws IOException {
        Files.createFile(switches.resolve("broken"));
    }

    /** All is well again. */
    void sound() throws IOException {
        Files.deleteIfExists(switches.resolve("full"));
        Files.deleteIfExists(switches.resolve("broken"));
    }
}
