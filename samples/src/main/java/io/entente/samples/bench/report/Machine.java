package io.entente.samples.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where figures come from: none means anything without.
 *
 * @param at when the benchmarks began
 * @param project the version of Entente
 * @param commit its commit, where it runs from a clone and {@code git} is there; {@code -dirty} when something was changed
 * @param cores processors of the JVM
 * @param memoryMebibytes the machine's memory
 * @param loadAverage runnable threads over the last minute when the benchmarks began; negative where unknown
 * @param jvm the JVM
 * @param os the operating system
 * @param disk the disk that is written to
 */
public record Machine(
        Instant at,
        String project,
        Optional<String> commit,
        int cores,
        long memoryMebibytes,
        double loadAverage,
        String jvm,
        String os,
        Disk disk) {

    private static final long GIT_SECONDS = 5;

    /** This machine, with the disk under that directory. */
    public static Machine describe(Path directory) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Optional.ofNullable(Machine.class.getPackage().getImplementationVersion())
                        .orElse("unknown"),
                gitCommit(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize() >> 20,
                system.getSystemLoadAverage(),
                property("java.vm.name") + " " + property("java.runtime.version"),
                property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                Disk.measure(directory));
    }

    /** The description as lines for people. */
    public List<String> lines() {
        return List.of(
                "Entente " + project + commit.map(known -> ", commit " + known).orElse("") + ", " + at,
                cores + " cores, " + memoryMebibytes + " MiB, load average " + Numbers.text(loadAverage)
                        + " before the start",
                jvm + ", " + os,
                disk.fileSystem() + ", fsync of 4 KiB p50 " + Numbers.text(disk.fsyncP50Millis()) + " ms, p99 "
                        + Numbers.text(disk.fsyncP99Millis()) + " ms");
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    /** Asked of the directory the classes come from: the working directory may be any. */
    private static Optional<String> gitCommit() {
        try {
            Path classes = Path.of(Machine.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
                    .directory(classes.resolveSibling("").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean known = git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 && !commit.isEmpty();
            return known ? Optional.of(commit) : Optional.empty();
        } catch (IOException | java.net.URISyntaxException noGit) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
