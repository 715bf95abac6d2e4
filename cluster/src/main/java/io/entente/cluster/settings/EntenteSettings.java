package io.entente.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import io.entente.core.store.Durability;
import io.entente.core.topology.TopologyPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * All settings of a node. Immutable and thread-safe; the {@code with…} methods give changed copies.
 *
 * <p>{@code reference.conf} explains every key. Single values are checked when they are set; what concerns several of them, such
 * as a node that is not among the members, is checked by {@link #checked()}, which starting a node does first.
 *
 * @param node who the node is and how others find it
 * @param formation how it comes into its cluster
 * @param http its HTTP interface
 * @param storage where it keeps its data
 * @param replication how partitions are replicated
 * @param limits what a client may ask for
 * @param conflicts how much is remembered of conflicts, and how long a resolver may take
 * @param maps by map, how concurrent writes are resolved; a map that is missing has {@link MapSettings#defaults()}
 * @param faults faults made on purpose
 * @param security by what nodes know each other
 * @param platform everything outside of {@code entente { … }}, Akka's configuration among it
 */
public record EntenteSettings(
        NodeSettings node,
        FormationSettings formation,
        HttpSettings http,
        StorageSettings storage,
        ReplicationSettings replication,
        DataLimits limits,
        ConflictSettings conflicts,
        SortedMap<String, MapSettings> maps,
        FaultSettings faults,
        SecuritySettings security,
        Config platform) {

    public EntenteSettings {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(formation, "formation");
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(replication, "replication");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(conflicts, "conflicts");
        Objects.requireNonNull(faults, "faults");
        Objects.requireNonNull(security, "security");
        Objects.requireNonNull(platform, "platform");
        maps = Collections.unmodifiableSortedMap(new TreeMap<>(maps));
    }

    /**
     * The settings of this process: system properties, environment variables, the file that {@code ENTENTE_CONFIG} names,
     * {@code application.conf}, defaults; the first wins.
     *
     * @throws SettingsException with all problems
     */
    public static EntenteSettings load() {
        return SettingsReader.read(Sources.layered(ConfigFactory::defaultApplication, System.getenv()));
    }

    /**
     * As {@link #load()}, with the given configuration in the place of {@code application.conf}.
     *
     * @throws SettingsException with all problems
     */
    public static EntenteSettings load(Config application) {
        return SettingsReader.read(Sources.layered(() -> application, System.getenv()));
    }

    /**
     * The settings in a configuration and nowhere else: neither system properties nor environment variables are asked. Keys that
     * are missing have their defaults. Meant for the configuration of a running actor system.
     *
     * @throws SettingsException with all problems
     */
    public static EntenteSettings from(Config config) {
        return SettingsReader.read(Sources.completed(config));
    }

    /**
     * These settings, if they agree with each other.
     *
     * @throws SettingsException with all contradictions
     */
    public EntenteSettings checked() {
        List<String> problems = new ArrayList<>();
        List<String> members = replication.members();
        NodeId self = new NodeId(node.dataCenter(), node.name());
        if (!members.isEmpty() && !replication.isMember(self)) {
            boolean placed = !replication.placedMembers().isEmpty();
            problems.add("entente.members = " + members + " does not contain this node, entente.name = " + node.name()
                    + (placed ? " in entente.dc = " + node.dataCenter() + ": add it as " + self : ": add it")
                    + ", or name no members");
        }
        replication.mode().problem(replication.memberNames()).ifPresent(problems::add);
        if (!faults.latency().isZero() && !faults.injection()) {
            problems.add("entente.latency = " + faults.latency().toMillis()
                    + " ms needs entente.fault-injection = on: switch it on, or remove the latency");
        }
        checkCopies(problems);
        checkHomes(problems);
        problems.addAll(new Exposure(this).problems());
        int port = node.address().port();
        if (http.enabled() && port != 0 && port == http.address().port()) {
            problems.add("entente.port and entente.http.port are both " + port + ": give them different ports");
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return this;
    }

    /** An {@code n} that placement doesn't have would fail every request. */
    private void checkCopies(List<String> problems) {
        int placed = replication.placedCopies();
        String remedy = ", and with entente.replication-factor = "
                + replication.placement().replicationFactor() + " the members of entente.members hold " + placed
                + " copies of each partition: write " + placed + " or placed, or change replication-factor or members";
        replication
                .leaderless()
                .quorums()
                .n()
                .filter(n -> replication.isLeaderless() && placed > 0 && n != placed)
                .ifPresent(n -> problems.add("entente.leaderless.n = " + n + remedy));
        maps.forEach((name, map) -> map.quorums()
                .n()
                .filter(n -> placed > 0 && n != placed)
                .ifPresent(n -> problems.add("entente.maps." + name + ".n = " + n + remedy)));
    }

    /** A home that no node can be in, or that decides nothing, was meant otherwise. */
    private void checkHomes(List<String> problems) {
        SortedSet<String> dataCenters = replication.namedDataCenters();
        maps.forEach((name, map) -> {
            HomeSettings home = map.home();
            String key = "entente.maps." + name + ".home = " + home.home();
            if (home.isSet() && replication.isLeaderless()) {
                problems.add(
                        key + " has no effect with entente.mode = leaderless, where any copy takes writes: remove it,"
                                + " or use the mode multi-leader");
            } else if (home.isDataCenter() && !dataCenters.isEmpty() && !dataCenters.contains(home.home())) {
                problems.add(key + " is no data center of entente.members: use one of " + dataCenters + ", "
                        + HomeSettings.BY_KEY_PREFIX + ", " + HomeSettings.BY_KEY_HASH + " or " + HomeSettings.NONE);
            } else if (home.home().equals(HomeSettings.BY_KEY_HASH) && dataCenters.isEmpty()) {
                problems.add(
                        key + " has to know all data centers, the same at all nodes: name entente.members with theirs,"
                                + " as in eu/eu-1, or use " + HomeSettings.BY_KEY_PREFIX);
            }
        });
    }

    /**
     * How many copies requests of a map count on where they don't say it themselves.
     *
     * @param leaderless whether any copy takes writes now: then the mode has a wish where the map has none
     */
    public QuorumSettings quorums(String map, boolean leaderless) {
        QuorumSettings ofMode = leaderless ? replication.leaderless().quorums() : QuorumSettings.none();
        return map(map).quorums().orElse(ofMode);
    }

    /**
     * Where others find the HTTP server that is bound to a port: by the host that it listens on or, where that is every one, by the node's.
     *
     * @return {@code http://host:port}, or with {@code https}
     */
    public String httpAt(int boundPort) {
        String listening = http.address().host();
        boolean isAny = listening.equals("0.0.0.0") || listening.equals("::");
        String host = isAny ? node.address().host() : listening;
        return http.scheme() + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + boundPort;
    }

    /** How a map resolves concurrent writes, as far as configuration knows. */
    public MapSettings map(String name) {
        return maps.getOrDefault(name, MapSettings.defaults());
    }

    /**
     * The configuration to start an actor system with: addresses, data center and lengths as these settings have them, then what
     * the application configured, then what Entente wants of Akka. It names no seed nodes: Entente joins by itself.
     */
    public Config akkaConfig() {
        return AkkaConfiguration.of(this);
    }

    /** With another name of the node. */
    public EntenteSettings withName(String name) {
        return with(new NodeSettings(name, node.dataCenter(), node.address(), node.bindHost(), node.seeds()));
    }

    /** In another data center. */
    public EntenteSettings withDataCenter(String dataCenter) {
        return with(new NodeSettings(node.name(), dataCenter, node.address(), node.bindHost(), node.seeds()));
    }

    /** Reached by other nodes at this host. */
    public EntenteSettings withHost(String host) {
        return withAddress(new Address(host, node.address().port()));
    }

    /** Reached by other nodes at this port; 0 for a free one. */
    public EntenteSettings withPort(int port) {
        return withAddress(new Address(node.address().host(), port));
    }

    /** Listening on another host than the one other nodes use. */
    public EntenteSettings withBindHost(String host) {
        return with(new NodeSettings(node.name(), node.dataCenter(), node.address(), Optional.of(host), node.seeds()));
    }

    /** Joining the cluster by these nodes; by none but itself when the list is empty. */
    public EntenteSettings withSeeds(List<Address> seeds) {
        return with(new NodeSettings(node.name(), node.dataCenter(), node.address(), node.bindHost(), seeds));
    }

    /** Listening for so long before it founds a cluster, 0 to 60 s. */
    public EntenteSettings withFoundingWait(Duration wait) {
        return with(new FormationSettings(wait, formation.reform()));
    }

    /** Starting its stopped cluster again without waiting for the other nodes, or not. */
    public EntenteSettings withReform(boolean reform) {
        return with(new FormationSettings(formation.foundingWait(), reform));
    }

    /** With HTTP at this port; 0 for a free one. */
    public EntenteSettings withHttpPort(int port) {
        return with(new HttpSettings(
                http.enabled(), new Address(http.address().host(), port), http.names(), http.security()));
    }

    /** With or without HTTP. */
    public EntenteSettings withHttp(boolean enabled) {
        return with(new HttpSettings(enabled, http.address(), http.names(), http.security()));
    }

    /** With HTTP for those who show a token, encrypted or not. */
    public EntenteSettings withHttpSecurity(HttpSecurity security) {
        return with(http.with(security));
    }

    /** With nodes that know each other by this. */
    public EntenteSettings withSecurity(SecuritySettings changed) {
        return new EntenteSettings(
                node, formation, http, storage, replication, limits, conflicts, maps, faults, changed, platform);
    }

    /** With its data in this directory. */
    public EntenteSettings withData(Path directory) {
        return with(stored(directory, storage.durability(), storage.restored()));
    }

    /** With this durability. */
    public EntenteSettings withDurability(Durability durability) {
        return with(stored(storage.directory(), durability, storage.restored()));
    }

    /** Started the first time after its directory was restored from a backup, or not. */
    public EntenteSettings withRestored(boolean restored) {
        return with(stored(storage.directory(), storage.durability(), restored));
    }

    /** With a log that reaches back so far. */
    public EntenteSettings withRetention(RetentionSettings retention) {
        return with(kept(retention, storage.backups(), storage.diskReserve(), storage.verifyInterval()));
    }

    /** With backups that are asked for over HTTP going to this directory. */
    public EntenteSettings withBackups(Path parent) {
        return with(kept(storage.retention(), Optional.of(parent), storage.diskReserve(), storage.verifyInterval()));
    }

    /** Leaving so many bytes of its disk free, 0 to 1 GiB. */
    public EntenteSettings withDiskReserve(int bytes) {
        return with(kept(storage.retention(), storage.backups(), bytes, storage.verifyInterval()));
    }

    /** With copies compared that often; zero for never. */
    public EntenteSettings withVerifyInterval(Duration interval) {
        return with(kept(storage.retention(), storage.backups(), storage.diskReserve(), interval));
    }

    private StorageSettings kept(
            RetentionSettings retention, Optional<Path> backups, int diskReserve, Duration verifyInterval) {
        return new StorageSettings(
                storage.directory(),
                storage.durability(),
                storage.restored(),
                retention,
                backups,
                diskReserve,
                verifyInterval,
                storage.snapshotShare(),
                storage.cacheBytes());
    }

    private StorageSettings stored(Path directory, Durability durability, boolean restored) {
        return new StorageSettings(
                directory,
                durability,
                restored,
                storage.retention(),
                storage.backups(),
                storage.diskReserve(),
                storage.verifyInterval(),
                storage.snapshotShare(),
                storage.cacheBytes());
    }

    /** With these members, all by name or all as {@code data-center/name}; none when they aren't known beforehand. */
    public EntenteSettings withMembers(List<String> members) {
        return with(replication.with(members));
    }

    /** With data centers linked as planned. */
    public EntenteSettings withTopology(TopologyPlan topology) {
        return with(replication.with(topology));
    }

    /** With so many partitions. */
    public EntenteSettings withPartitions(int partitions) {
        return with(replication.with(new ReplicationSettings.Placement(
                partitions, replication.placement().replicationFactor())));
    }

    /** With so many copies of each partition in a data center. */
    public EntenteSettings withReplicationFactor(int copies) {
        return with(replication.with(
                new ReplicationSettings.Placement(replication.placement().partitions(), copies)));
    }

    /** Beginning in another mode, where the node founds a cluster. */
    public EntenteSettings withMode(ReplicationMode mode) {
        return with(replication.in(mode));
    }

    /** With other settings of the mode leaderless. */
    public EntenteSettings withLeaderless(LeaderlessSettings leaderless) {
        return with(replication.with(leaderless));
    }

    /** With these bounds of the conflict journal and of resolvers. */
    public EntenteSettings withConflicts(ConflictSettings changed) {
        return new EntenteSettings(
                node, formation, http, storage, replication, limits, changed, maps, faults, security, platform);
    }

    /** With another resolver for a map. */
    public EntenteSettings withMap(String name, MapSettings settings) {
        SortedMap<String, MapSettings> changed = new TreeMap<>(maps);
        changed.put(name, settings);
        return new EntenteSettings(
                node, formation, http, storage, replication, limits, conflicts, changed, faults, security, platform);
    }

    /** With or without fault injection. */
    public EntenteSettings withFaultInjection(boolean injection) {
        return with(new FaultSettings(injection, faults.latency()));
    }

    /** With this one-way delay of messages to other data centers, which needs fault injection. */
    public EntenteSettings withLatency(Duration latency) {
        return with(new FaultSettings(faults.injection(), latency));
    }

    private EntenteSettings withAddress(Address address) {
        return with(new NodeSettings(node.name(), node.dataCenter(), address, node.bindHost(), node.seeds()));
    }

    private EntenteSettings with(NodeSettings changed) {
        return new EntenteSettings(
                changed, formation, http, storage, replication, limits, conflicts, maps, faults, security, platform);
    }

    private EntenteSettings with(FormationSettings changed) {
        return new EntenteSettings(
                node, changed, http, storage, replication, limits, conflicts, maps, faults, security, platform);
    }

    private EntenteSettings with(HttpSettings changed) {
        return new EntenteSettings(
                node, formation, changed, storage, replication, limits, conflicts, maps, faults, security, platform);
    }

    private EntenteSettings with(StorageSettings changed) {
        return new EntenteSettings(
                node, formation, http, changed, replication, limits, conflicts, maps, faults, security, platform);
    }

    private EntenteSettings with(ReplicationSettings changed) {
        return new EntenteSettings(
                node, formation, http, storage, changed, limits, conflicts, maps, faults, security, platform);
    }

    private EntenteSettings with(FaultSettings changed) {
        return new EntenteSettings(
                node, formation, http, storage, replication, limits, conflicts, maps, changed, security, platform);
    }

    /** Without {@link #platform}: all system properties are in it, and whatever secrets other libraries are configured with. */
    @Override
    public String toString() {
        return "EntenteSettings[" + node + ", " + formation + ", " + http + ", " + storage + ", " + replication + ", "
                + limits + ", " + conflicts + ", maps=" + maps + ", " + faults + ", " + security + "]";
    }
}
