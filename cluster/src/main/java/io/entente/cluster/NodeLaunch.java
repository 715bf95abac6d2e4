package io.entente.cluster;

import akka.actor.typed.ActorSystem;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.membership.KnownNodes;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.HttpSettings;
import io.entente.core.replica.Replica;
import io.entente.core.store.StoreEngine;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.directory.DataDirectory;
import io.entente.core.store.directory.DirectoryOptions;
import io.entente.core.store.directory.ExpectedIdentity;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a node, or leaves nothing behind. */
final class NodeLaunch {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLaunch.class);

    private NodeLaunch() {}

    /**
     * Opens the node's directory, starts its actors and its HTTP server; throws what directory, settings or HTTP port refuse.
     *
     * @param world the node's clock, its device, and what the application has brought along
     */
    static NodeRuntime start(EntenteSettings settings, ActorSystem<?> system, NodeWorld world) {
        SafeSystem.require(settings, system);
        MapCatalog catalog = new MapCatalog(settings);
        StoreEngine engine = world.embedding().engine();
        DataDirectory directory = openLiving(settings, engine);
        NodeRuntime runtime;
        try {
            runtime = new NodeRuntime(settings, system, directory, catalog, world);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
        try {
            runtime.bindHttp(settings);
            warnOfCleartext(settings.http());
            return runtime;
        } catch (RuntimeException e) {
            runtime.stop().toCompletableFuture().join();
            throw e;
        }
    }

    private static void warnOfCleartext(HttpSettings http) {
        boolean inTheClear =
                http.enabled() && !http.isLoopback() && http.scheme().equals("http");
        if (inTheClear && http.security().tokens().isPresent()) {
            LOG.warn(
                    "HTTP takes tokens from other machines in the clear: switch on entente.http.tls, unless a proxy in front speaks TLS");
        }
    }

    /**
     * Data of a node that was retired is put aside: it is not the cluster's any more. Where the other nodes are is still true, and taken over; a node that
     * ends before that is found by them.
     */
    private static DataDirectory openLiving(EntenteSettings settings, StoreEngine engine) {
        DataDirectory directory = open(settings, engine);
        if (!isRetired(directory, settings)) {
            return directory;
        }
        WriteBatch others = KnownNodes.rowsOf(directory.store());
        Path aside = directory.putAside();
        LOG.warn(
                "node {} was retired: its data is put aside to {}, and it comes back with what the others have. "
                        + "What only it wrote can be listed, and written back, by GET and POST /admin/salvage",
                settings.node().name(),
                aside);
        DataDirectory empty = open(settings, engine);
        try {
            empty.store().commit(others);
            return empty;
        } catch (RuntimeException e) {
            empty.close();
            throw e;
        }
    }

    private static boolean isRetired(DataDirectory directory, EntenteSettings settings) {
        int partitions = settings.replication().placement().partitions();
        return IntStream.range(0, partitions)
                .anyMatch(partition -> Replica.isRetired(
                        directory.store(), partition, settings.node().name()));
    }

    private static DataDirectory open(EntenteSettings settings, StoreEngine engine) {
        DirectoryOptions options =
                DirectoryOptions.of(settings.storage().durability()).with(engine);
        return DataDirectory.open(
                settings.storage().directory(),
                new ExpectedIdentity(
                        settings.node().name(),
                        settings.node().dataCenter(),
                        settings.replication().placement().partitions()),
                settings.storage().restored() ? options.fromBackup() : options);
    }
}
