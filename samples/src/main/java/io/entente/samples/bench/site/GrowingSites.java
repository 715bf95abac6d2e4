package io.entente.samples.bench.site;

import io.entente.samples.bench.load.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two sites, each in a process of its own, to which a third comes later. Only the first writes, so that it is the source of what the
 * third joins.
 */
public final class GrowingSites implements AutoCloseable {

    /** Logs are gone through twice a second for what is older than a second. */
    private static final int FORGOTTEN_AFTER_SECONDS = 5;

    private final List<SiteSetup> setups;
    private final List<ProcessSite> running = new ArrayList<>();

    private GrowingSites(List<SiteSetup> setups) {
        this.setups = setups;
    }

    /** Starts the first two, whose logs keep nothing for long; returns when they are ready. */
    public static GrowingSites start(Path directory, Terms terms, Workload workload) {
        GrowingSites sites = new GrowingSites(Sites.setups(directory, terms.withoutMembers(), workload));
        try {
            sites.launch(sites.firstTwo().map(SiteSetup::withoutLog));
            return sites;
        } catch (RuntimeException failed) {
            sites.close();
            throw failed;
        }
    }

    /** The one that writes. */
    public ProcessSite source() {
        return running.get(0);
    }

    /** The one that has everything from the start, too. */
    public ProcessSite other() {
        return running.get(1);
    }

    /** Starts the first two anew, with logs that keep what is written from now on, and nothing of before. */
    public void startAnewWithLogs() {
        try {
            TimeUnit.SECONDS.sleep(FORGOTTEN_AFTER_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while logs were truncated", e);
        }
        close();
        running.clear();
        launch(firstTwo());
    }

    /** Starts the third; completes when it is ready, with the site. */
    public CompletableFuture<ProcessSite> join() {
        ProcessSite third = launch(setups.get(2));
        return third.ready().thenApply(nothing -> third);
    }

    @Override
    public void close() {
        running.stream()
                .map(site -> CompletableFuture.runAsync(site::close))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private Stream<SiteSetup> firstTwo() {
        return setups.stream().limit(2);
    }

    private void launch(Stream<SiteSetup> several) {
        several.map(setup -> launch(setup).ready()).toList().forEach(CompletableFuture::join);
    }

    private ProcessSite launch(SiteSetup setup) {
        ProcessSite site = ProcessSite.start(setup);
        running.add(site);
        return site;
    }
}
