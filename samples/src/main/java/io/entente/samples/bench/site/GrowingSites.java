package io.entente.samples.bench.site;

import io.entente.samples.bench.load.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Two sites, each in a process of its own, to which a third comes later. Only the first writes, so that it is the source of what the
 * third joins.
 */
public final class GrowingSites implements AutoCloseable {

    private final List<SiteSetup> setups;
    private final List<ProcessSite> running = new ArrayList<>();

    private GrowingSites(List<SiteSetup> setups) {
        this.setups = setups;
    }

    /** Starts the first two; returns when they are ready. */
    public static GrowingSites start(Path directory, Terms terms, Workload workload) {
        GrowingSites sites = new GrowingSites(Sites.setups(directory, terms.withoutMembers(), workload));
        try {
            List<CompletableFuture<Void>> ready = new ArrayList<>();
            for (SiteSetup setup : sites.setups.subList(0, 2)) {
                ready.add(sites.launch(setup).ready());
            }
            ready.forEach(CompletableFuture::join);
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

    private ProcessSite launch(SiteSetup setup) {
        ProcessSite site = ProcessSite.start(setup);
        running.add(site);
        return site;
    }
}
