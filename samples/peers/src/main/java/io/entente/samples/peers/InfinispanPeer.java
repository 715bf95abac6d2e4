package io.entente.samples.peers;

import io.entente.samples.bench.site.FreePorts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.infinispan.Cache;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Infinispan embedded: three sites of one node each, with asynchronous cross-site backup over JGroups RELAY2, each site to both others.
 *
 * <p>Settings as in Infinispan's guide to cross-site replication, chapter "Configuring cross-site replication": the stack {@code tcp} it ships, TCPPING for
 * discovery between sites, every node a relay node. Byte arrays are stored as they are ({@code application/octet-stream}), which spares
 * marshalling. The file store is the soft-index one it recommends, written through and with its default of not syncing.
 */
final class InfinispanPeer implements Peer {

    private static final List<String> SITE_NAMES = List.of("eu", "us", "ap");
    private static final String CACHE = "bench";
    private static final long FORMING_NANOS = 60_000_000_000L;

    private final List<DefaultCacheManager> managers = new ArrayList<>();
    private final List<Cache<String, byte[]>> caches = new ArrayList<>();

    private InfinispanPeer(Function<String, String> store) {
        List<Integer> ports = FreePorts.take(2 * SITES);
        String bridge = ports.subList(0, SITES).stream()
                .map(port -> "127.0.0.1[" + port + "]")
                .collect(Collectors.joining(","));
        try {
            for (int site = 0; site < SITES; site++) {
                String configuration = configuration(site, ports, bridge, store.apply(SITE_NAMES.get(site)));
                DefaultCacheManager manager = new DefaultCacheManager(
                        new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
                managers.add(manager);
                caches.add(manager.getCache(CACHE));
            }
            awaitSites();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static Peer inMemory() {
        return new InfinispanPeer(site -> "");
    }

    static Peer withFileStore(Path directory) {
        return new InfinispanPeer(site -> """
                <persistence><file-store purge="true">
                  <data path="%1$s/data"/><index path="%1$s/index"/>
                </file-store></persistence>
                """.formatted(directory.resolve(site)));
    }

    @Override
    public CompletionStage<?> put(int site, String key, byte[] value) {
        return caches.get(site)
                .getAdvancedCache()
                .withFlags(org.infinispan.context.Flag.IGNORE_RETURN_VALUES)
                .putAsync(key, value);
    }

    @Override
    public CompletionStage<byte @Nullable []> get(int site, String key) {
        return CompletableFuture.completedFuture(caches.get(site).get(key));
    }

    @Override
    public void close() {
        for (DefaultCacheManager manager : managers) {
            manager.stop();
        }
    }

    private void awaitSites() {
        long deadline = System.nanoTime() + FORMING_NANOS;
        while (!managers.stream().allMatch(InfinispanPeer::seesAllSites)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Infinispan's sites did not find each other");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static boolean seesAllSites(DefaultCacheManager manager) {
        Transport transport = org.infinispan.factories.GlobalComponentRegistry.componentOf(manager, Transport.class);
        return Optional.ofNullable(transport.getSitesView())
                        .map(java.util.Set::size)
                        .orElse(0)
                == SITES;
    }

    private static String configuration(int site, List<Integer> ports, String bridge, String persistence) {
        String name = SITE_NAMES.get(site);
        String backups = SITE_NAMES.stream()
                .filter(other -> !other.equals(name))
                .map(other -> "<backup site=\"" + other + "\" strategy=\"ASYNC\"/>")
                .collect(Collectors.joining());
        return """
                <infinispan xmlns="urn:infinispan:config:15.2">
                  <jgroups>
                    <stack name="bridge" extends="tcp">
                      <TCP bind_addr="127.0.0.1" bind_port="%1$d" port_range="0"/>
                      <TCPPING initial_hosts="%2$s" port_range="0" stack.combine="REPLACE" stack.position="MPING"/>
                      <FD_SOCK2 offset="0" port_range="50" bind_addr="127.0.0.1"/>
                    </stack>
                    <stack name="xsite" extends="tcp">
                      <TCP bind_addr="127.0.0.1" bind_port="%3$d" port_range="0"/>
                      <TCPPING initial_hosts="127.0.0.1[%3$d]" port_range="0" stack.combine="REPLACE" stack.position="MPING"/>
                      <relay.RELAY2 xmlns="urn:org:jgroups" site="%4$s" max_site_masters="1000"/>
                      <remote-sites default-stack="bridge">
                        <remote-site name="eu"/><remote-site name="us"/><remote-site name="ap"/>
                      </remote-sites>
                    </stack>
                  </jgroups>
                  <cache-container name="%4$s" statistics="false">
                    <transport cluster="%4$s" stack="xsite" node-name="%4$s-1"/>
                    <replicated-cache name="%5$s" mode="SYNC" statistics="false">
                      <encoding media-type="application/octet-stream"/>
                      <backups>%6$s</backups>
                      %7$s
                    </replicated-cache>
                  </cache-container>
                </infinispan>
                """.formatted(ports.get(site), bridge, ports.get(SITES + site), name, CACHE, backups, persistence);
    }
}
