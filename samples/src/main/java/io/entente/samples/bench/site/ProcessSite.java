package io.entente.samples.bench.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A site in a process of its own, with this process's JVM options. Thread-safe. */
public final class ProcessSite implements Site {

    private static final int END_SECONDS = 30;

    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader answers;
    private final ExecutorService talk;

    private ProcessSite(Process process, String name) {
        this.process = process;
        this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.talk = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "talk-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts the process, without waiting for its node to be ready. */
    static ProcessSite start(SiteSetup setup) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Not what measures this process only, as JaCoCo in a test.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent:") && !option.startsWith("-agentlib:"))
                .forEach(command::add);
        String log = System.getProperty("logback.configurationFile");
        if (log != null) {
            command.add("-Dlogback.configurationFile=" + log);
            command.add("-Dlogback.file=" + Path.of(setup.directory(), setup.dataCenter() + ".log"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SiteProcess.class.getName()));
        command.add(SiteProcess.argument(setup));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new ProcessSite(process, setup.dataCenter());
        } catch (IOException e) {
            throw new UncheckedIOException("a site's process could not be started: " + e.getMessage(), e);
        }
    }

    /** Completes when the node is ready. */
    CompletableFuture<Void> ready() {
        return CompletableFuture.runAsync(this::readAnswer, talk);
    }

    @Override
    public CompletableFuture<Void> write(int from, int to) {
        return ask(Order.WRITE.line(from, to)).thenAccept(answer -> {});
    }

    @Override
    public CompletableFuture<Void> fill(int from, int to, int step) {
        return ask(Order.FILL.line(from, to, step)).thenAccept(answer -> {});
    }

    @Override
    public CompletableFuture<String> awaitTotal(long writes) {
        return ask(Order.AWAIT.line(writes));
    }

    @Override
    public CompletableFuture<Long> total() {
        return ask(Order.TOTAL.line()).thenApply(Long::valueOf);
    }

    @Override
    public CompletableFuture<Usage> usage() {
        return ask(Order.USAGE.line()).thenApply(Order::usage);
    }

    @Override
    public CompletableFuture<Long> heapAfterCollection() {
        return ask(Order.HEAP.line()).thenApply(Long::valueOf);
    }

    @Override
    public CompletableFuture<Long> largestHeap() {
        return ask(Order.LARGEST_HEAP.line()).thenApply(Long::valueOf);
    }

    /** Ends the process in good order, and by force if that takes too long. */
    @Override
    public void close() {
        orders.close();
        talk.shutdown();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<String> ask(String order) {
        return CompletableFuture.supplyAsync(
                () -> {
                    orders.println(order);
                    return readAnswer();
                },
                talk);
    }

    private String readAnswer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("a site's process ended; what it said stands above");
            }
            return Order.answer(line);
        } catch (IOException e) {
            throw new UncheckedIOException("a site's process can't be heard: " + e.getMessage(), e);
        }
    }
}
