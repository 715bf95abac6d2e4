package io.entente.samples.bench.site;

import io.entente.samples.bench.load.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Three data centers over loopback: one Akka cluster, three stores.
 *
 * @param <S> where they run
 */
public final class Sites<S extends Site> implements AutoCloseable {

    private final List<S> all;
    private final boolean inOneProcess;

    private Sites(List<S> all, boolean inOneProcess) {
        this.all = List.copyOf(all);
        this.inOneProcess = inOneProcess;
    }

    /** Starts three in this process; returns when all are ready. */
    public static Sites<LocalSite> inOneProcess(Path directory, Terms terms, Workload workload) {
        Sites<LocalSite> sites = new Sites<>(
                setups(directory, terms, workload).stream().map(LocalSite::new).toList(), true);
        return sites.started(() -> {
            sites.all.forEach(LocalSite::start);
            sites.all.forEach(LocalSite::awaitReady);
        });
    }

    /** Starts three, each in a process of its own; returns when all are ready. */
    public static Sites<ProcessSite> inThreeProcesses(Path directory, Terms terms, Workload workload) {
        Sites<ProcessSite> sites = new Sites<>(
                setups(directory, terms, workload).stream()
                        .map(ProcessSite::start)
                        .toList(),
                false);
        return sites.started(() -> sites.each(ProcessSite::ready));
    }

    /** The sites: eu, us, ap. */
    public List<S> all() {
        return all;
    }

    /** How many there are. */
    public int count() {
        return all.size();
    }

    /** All make the workload's writes of these numbers at once; returns when all are answered. */
    public void write(int from, int to) {
        each(site -> site.write(from, to));
    }

    /** Writes each of the workload's keys once, shared out among the sites. */
    public void fill(int keys) {
        List<CompletableFuture<Void>> filled = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            filled.add(all.get(i).fill(i, keys, all.size()));
        }
        filled.forEach(CompletableFuture::join);
    }

    /**
     * Waits until all sites have durably applied so many writes, the same ones.
     *
     * @throws IllegalStateException when they have different ones, or don't come to have as many
     */
    public void awaitAll(long writes) {
        List<String> vectors = each(site -> site.awaitTotal(writes));
        if (vectors.stream().distinct().count() != 1) {
            throw new IllegalStateException("the data centers have " + writes + " writes and more, but not the same: "
                    + String.join(" / ", vectors));
        }
    }

    /** What all have used so far. */
    public Usage usage() {
        return inOneProcess
                ? all.get(0).usage().join()
                : each(Site::usage).stream().reduce(Usage::and).orElseThrow();
    }

    /** The heap of the node that holds on to most, in bytes; in one process the average. */
    public long heapOfANode() {
        return inOneProcess
                ? all.get(0).heapAfterCollection().join() / all.size()
                : each(Site::heapAfterCollection).stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElseThrow();
    }

    @Override
    public void close() {
        all.stream()
                .map(site -> CompletableFuture.runAsync(site::close))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private <T> List<T> each(Function<S, CompletableFuture<T>> request) {
        List<CompletableFuture<T>> answers = all.stream().map(request).toList();
        List<T> results = new ArrayList<>();
        answers.forEach(answer -> results.add(answer.join()));
        return results;
    }

    private Sites<S> started(Runnable start) {
        try {
            start.run();
            return this;
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    static List<SiteSetup> setups(Path directory, Terms terms, Workload workload) {
        List<Integer> ports = FreePorts.take(SiteSetup.DATA_CENTERS.size());
        List<SiteSetup> setups = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            setups.add(new SiteSetup(i, ports.get(i), ports.get(0), directory.toString(), terms, workload, true));
        }
        return setups;
    }
}
