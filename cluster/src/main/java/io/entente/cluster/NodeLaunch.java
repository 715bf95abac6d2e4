package io.entente.cluster;

import akka.actor.typed.ActorSystem;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.store.directory.DataDirectory;
import io.entente.core.store.directory.DirectoryOptions;
import io.entente.core.store.directory.ExpectedIdentity;

/** Starts a node, or leaves nothing behind. */
final class NodeLaunch {

    private NodeLaunch() {}

    /**
     * Opens the node's directory, starts its actors and its HTTP server; throws what directory, settings or HTTP port refuse.
     *
     * @param world the node's clock and device
     */
    static NodeRuntime start(EntenteSettings settings, ActorSystem<?> system, NodeWorld world) {
        SafeSystem.require(system.settings().config());
        MapCatalog catalog = new MapCatalog(settings);
        DataDirectory directory = open(settings);
        NodeRuntime runtime;
        try {
            runtime = new NodeRuntime(settings, system, directory, catalog, world);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
        try {
            runtime.bindHttp(settings);
            return runtime;
        } catch (RuntimeException e) {
            runtime.stop().toCompletableFuture().join();
            throw e;
        }
    }

    private static DataDirectory open(EntenteSettings settings) {
        DirectoryOptions options = DirectoryOptions.of(settings.storage().durability());
        return DataDirectory.open(
                settings.storage().directory(),
                new ExpectedIdentity(
                        settings.node().name(),
                        settings.node().dataCenter(),
                        settings.replication().placement().partitions()),
                settings.storage().restored() ? options.fromBackup() : options);
    }
}
