package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The classes of a node, laid out once for all processes (application class-data sharing, JEP 350): a node then starts with half the processor time,
 * and tests start a hundred. The first that needs the file makes it, by running a node, while others wait.
 */
public final class SharedClasses {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private static final String OPTION = made();

    private SharedClasses() {}

    /** The option of the JVM that uses them. */
    public static String option() {
        return OPTION;
    }

    private static String made() {
        Path archive = TARGET.resolve("node-" + Integer.toHexString(whatItDependsOn()) + ".jsa");
        try (FileChannel lock = FileChannel.open(
                        TARGET.resolve("node.jsa.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            assertThat(held.isValid()).isTrue();
            if (!Files.exists(archive)) {
                make(archive);
            }
            return "-XX:SharedArchiveFile=" + archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path archive) throws IOException {
        Path home = Files.createTempDirectory("shared-classes");
        Path fresh = archive.resolveSibling(archive.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        int port = FreePorts.take(2).get(0);
        NodeUnderTest node = new NodeUnderTest(home)
                .with("--name", "eu-1", "--dc", "eu", "--host", "127.0.0.1", "--port", Integer.toString(port))
                .with("--http-port", "0", "--data", home.resolve("data").toString(), "--seed", "127.0.0.1:" + port)
                .withEnvironment("JAVA_OPTS", NodeUnderTest.QUICK_START + " -XX:ArchiveClassesAtExit=" + fresh);
        try {
            node.start().awaitReady(1);
            node.terminate();
            Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            node.stopAtLast();
            NodeUnderTest.delete(home);
        }
    }

    /** The JVM takes the file only with the very jars and the very Java it was made with. */
    private static int whatItDependsOn() {
        try (Stream<Path> jars = Files.list(TARGET.resolve("lib"))) {
            int sum = System.getProperty("java.vm.version").hashCode();
            for (Path jar : jars.toList()) {
                sum += Objects.hash(
                        jar, Files.size(jar), Files.getLastModifiedTime(jar).toMillis());
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
