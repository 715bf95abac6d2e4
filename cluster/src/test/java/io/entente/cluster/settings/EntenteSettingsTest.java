package io.entente.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.resolve.TextConflicts;
import io.entente.core.store.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a configuration: settings, or one sentence for each thing wrong with it. */
class EntenteSettingsTest {

    @Test
    void membersMayBeNamedWithTheirDataCenters() {
        EntenteSettings settings = EntenteSettings.from(
                ConfigFactory.parseString("entente { name = us-1, dc = us, members = [us/us-1, eu/eu-1, eu/eu-2] }"));
        assertThat(settings.checked().replication().members()).containsExactly("eu/eu-1", "eu/eu-2", "us/us-1");
        assertThat(settings.replication().memberNames()).containsExactly("eu-1", "eu-2", "us-1");
        assertThat(settings.replication().placedMembers()).hasSize(3);
        assertThatThrownBy(() -> settings.withDataCenter("ap").checked())
                .hasMessageContaining("entente.name = us-1 in entente.dc = ap: add it as ap/us-1");
    }

    @Test
    void membersThatAreNamedInTwoWaysOrTwiceAreRefused() {
        assertThatThrownBy(() -> EntenteSettings.from(ConfigFactory.parseString("entente.members = [us/us-1, eu-1]")))
                .hasMessageContaining("name all as data-center/name, or all by their names alone");
        assertThatThrownBy(() -> EntenteSettings.from(ConfigFactory.parseString("entente.members = [us/n, eu/n]")))
                .hasMessageContaining("the member n is named twice");
        for (String member : List.of("a/b/c", "/a", "a/", "a b")) {
            assertThatThrownBy(() ->
                            EntenteSettings.from(ConfigFactory.parseString("entente.members = [\"" + member + "\"]")))
                    .as(member)
                    .hasMessageContaining("is no member: write a node's name, or data center and name as in eu/eu-1");
        }
    }

    @Test
    void whatNobodyConfiguresHasTheDefaultsOfTheReference() {
        EntenteSettings settings = from("").checked();
        assertThat(settings.node().address()).hasToString("127.0.0.1:25520");
        assertThat(settings.node().contacts()).containsExactly(settings.node().address());
        assertThat(settings.http().isLoopback()).isTrue();
        assertThat(settings.storage().durability()).isEqualTo(Durability.FSYNC);
        assertThat(settings.replication().placement().partitions()).isEqualTo(8);
        assertThat(settings.limits()).isEqualTo(DataLimits.defaults());
        assertThat(settings.storage().retention()).isEqualTo(RetentionSettings.defaults());
        assertThat(settings.storage().snapshotShare()).isEqualTo(25);
        assertThat(settings.storage().cacheBytes()).isEqualTo(64 << 20);
        assertThat(settings.conflicts()).isEqualTo(ConflictSettings.defaults());
        assertThat(settings.faults()).isEqualTo(new FaultSettings(false, Duration.ZERO));
        assertThat(settings.map("any")).isEqualTo(MapSettings.defaults());
    }

    @Test
    void everyKeyIsRead() {
        EntenteSettings settings = from("""
                name = eu-1, dc = eu, host = "10.0.0.1", port = 1, bind = "0.0.0.0", seeds = ["10.0.0.1:1", "10.0.0.2:1"]
                data = /var/lib/entente, restored = on, durability = os, mode = multi-leader, topology = all-to-all
                partitions = 16, replication-factor = 2, members = [us-1, eu-1], max-clock-drift = 250 ms
                fault-injection = on, latency = 40 ms
                http { enabled = off, host = "0.0.0.0", port = 2, tokens = /etc/tokens, tls.enabled = on }
                tls { enabled = on, certificate = c.pem, key = k.pem, trust = ca.pem }, trusted-network = on
                limits { key = 64, value = 2 KiB, map-name = 20, token = 2 KiB, siblings = 3 }
                retention { age = 7 d, size = 10 GiB }
                verify.interval = 1 d, snapshot.share = 50, cache = 4 MiB
                conflicts { entries = 64, size = 1 MiB, entries-of-a-key = 2, values = 0 }, resolver-timeout = 50 ms
                disk-reserve = 2 MiB, backup.directory = /backups
                maps { carts { resolver = data-center-priority, priority = [eu, us] }, "a.b" { type = register } }
                maps.texts { resolver = text-merge, text-conflicts = marked }
                maps.users { resolver.per-field { mail = max, home { zip = data-center-priority, rest = union } }, priority = [eu] }
                """).checked();
        assertThat(settings.node())
                .hasToString("NodeSettings[name=eu-1, dataCenter=eu, address=10.0.0.1:1, bindHost=Optional[0.0.0.0],"
                        + " seeds=[10.0.0.1:1, 10.0.0.2:1]]");
        assertThat(settings.node().isFounder()).isTrue();
        assertThat(settings.storage())
                .isEqualTo(new StorageSettings(
                        Path.of("/var/lib/entente"),
                        Durability.OS,
                        true,
                        new RetentionSettings(Duration.ofDays(7), 10L << 30),
                        Optional.of(Path.of("/backups")),
                        2 << 20,
                        Duration.ofDays(1),
                        50,
                        4 << 20));
        assertThat(settings.replication().placement()).isEqualTo(new ReplicationSettings.Placement(16, 2));
        assertThat(settings.replication().members()).containsExactly("eu-1", "us-1");
        assertThat(settings.replication().maxClockDrift()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.faults()).isEqualTo(new FaultSettings(true, Duration.ofMillis(40)));
        TlsSettings tls = new TlsSettings(Path.of("c.pem"), Path.of("k.pem"), Optional.empty());
        assertThat(settings.http())
                .isEqualTo(new HttpSettings(false, new Address("0.0.0.0", 2))
                        .with(new HttpSecurity(Optional.of(Path.of("/etc/tokens")), Optional.of(tls))));
        assertThat(settings.http().scheme()).isEqualTo("https");
        assertThat(settings.security())
                .isEqualTo(new SecuritySettings(
                        Optional.of(new TlsSettings(tls.certificate(), tls.key(), Optional.of(Path.of("ca.pem")))),
                        true));
        assertThat(settings.http().isLoopback()).isFalse();
        assertThat(settings.limits()).isEqualTo(new DataLimits(64, 2_048, 20, 2_048, 3));
        assertThat(settings.conflicts()).isEqualTo(new ConflictSettings(64, 1 << 20, 2, 0, Duration.ofMillis(50)));
        assertThat(settings.map("carts").resolver().name()).isEqualTo("data-center-priority");
        assertThat(settings.map("carts").resolver().priority()).containsExactly("eu", "us");
        assertThat(settings.map("texts").resolver().textConflicts()).isEqualTo(TextConflicts.MARKED);
        ResolverSettings users = settings.map("users").resolver();
        assertThat(users.fields()).containsOnlyKeys("home", "mail");
        assertThat(users.fields().get("mail")).isEqualTo(ResolverSettings.named("max"));
        ResolverSettings home = Objects.requireNonNull(users.fields().get("home"));
        assertThat(Objects.requireNonNull(home.fields().get("zip")).priority()).containsExactly("eu");
        assertThat(home.rest()).isEqualTo(ResolverSettings.named("union"));
        assertThat(users.rest()).isEqualTo(ResolverSettings.named("last-writer-wins"));
        assertThat(settings.map("a.b")).isEqualTo(MapSettings.defaults());
    }

    @Test
    void theEnvironmentOverridesTheFileWhichOverridesTheApplication(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("node.conf"), "entente { name = of-file, dc = of-file }");
        Config application = ConfigFactory.parseString("entente { name = of-app, dc = of-app, port = 7, seeds = [] }");
        EntenteSettings settings = SettingsReader.read(Sources.layered(
                () -> application,
                Map.of(
                        "ENTENTE_CONFIG", file.toString(),
                        "ENTENTE_NAME", "of-env",
                        "ENTENTE_HTTP_PORT", "9",
                        "ENTENTE_SEEDS", "a:1, b:2")));
        assertThat(settings.node().name()).isEqualTo("of-env");
        assertThat(settings.node().dataCenter()).isEqualTo("of-file");
        assertThat(settings.node().address().port()).isEqualTo(7);
        assertThat(settings.http().address().port()).isEqualTo(9);
        assertThat(settings.node().seeds()).containsExactly(new Address("a", 1), new Address("b", 2));
        assertThat(settings.node().isFounder()).isFalse();
    }

    @Test
    void everyVariableOfTheEnvironmentIsNamedInTheReference() throws IOException {
        try (var reference = getClass().getResourceAsStream("/reference.conf");
                var variables = getClass().getResourceAsStream("environment.conf")) {
            String explained = new String(reference.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            String read = new String(variables.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(java.util.regex.Pattern.compile("ENTENTE_[A-Z_]+")
                            .matcher(read)
                            .results()
                            .map(java.util.regex.MatchResult::group))
                    .hasSizeGreaterThan(15)
                    .allSatisfy(variable -> assertThat(explained).containsPattern(variable + "\\b"));
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Sources.layered(ConfigFactory::empty, Map.of("ENTENTE_CONFIG", "/no/such.conf")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("/no/such.conf");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            prot = 1                      | entente.prot = 1 | the nearest one is entente.port
            http-port = 1                 | entente.http-port = 1 | the nearest one is entente.http.port
            http.prot = 1                 | entente.http.prot = 1 | the nearest one is entente.http.port
            maps.carts.resolvr = max      | entente.maps.carts.resolvr = "max" | the nearest one is entente.maps.carts.resolver
            maps.carts.resolver = maxx    | entente.maps.carts | the nearest one is max
            maps.carts.resolver = house-rule | entente.maps.carts.resolver = "house-rule" | or a class name with its package
            maps.carts.resolver.per-field { a = maxx } | entente.maps.carts.resolver.per-field.a = "maxx" | the nearest one is max
            maps.carts.resolver.per-field { a { b = maxx } } | entente.maps.carts.resolver.per-field.a.b = "maxx" | the nearest one is max
            maps.carts.resolver.per-field { a = keep-all } | entente.maps.carts.resolver.per-field | the field a can't keep all versions
            maps.carts.resolver.per-field { a = max, "\\\\a" = min } | entente.maps.carts.resolver.per-field | the field a is named twice
            maps.carts.resolver.per-field { rest = max } | entente.maps.carts.resolver.per-field | needs fields
            maps.carts.resolver.per-field { a = data-center-priority } | entente.maps.carts.resolver.per-field.a | needs a priority
            maps.carts.resolver.per-field { a = [max] } | entente.maps.carts.resolver.per-field.a = ["max"] | write a text
            maps.carts.resolver = per-field | entente.maps.carts.resolver = "per-field" | needs fields: write resolver.per-field {
            maps.carts.resolver.max {}    | entente.maps.carts.resolver = {"max":{}} | it is no resolver: write its name
            maps.carts.text-conflicts = later | entente.maps.carts.text-conflicts = "later" | no effect with the resolver last-writer-wins
            maps.carts { resolver = text-merge, text-conflicts = late } | entente.maps.carts.text-conflicts = "late" | use both or later or marked
            maps.carts.type = document    | entente.maps.carts.type = "document" | does not offer document yet
            maps.carts { type = counter, resolver = max } | entente.maps.carts.resolver = "max" | no effect with the type counter
            maps.carts.home = "e u"       | entente.maps.carts.home = "e u" | 'e u' is no name
            maps.carts.hom = eu           | entente.maps.carts.hom = "eu" | the nearest one is entente.maps.carts.home
            maps.carts.home-unreachable = accept | entente.maps.carts.home-unreachable = "accept" | no effect without a home
            maps.carts { home = eu, home-unreachable = wait } | entente.maps.carts.home-unreachable = "wait" | use accept or refuse
            maps.carts { type = counter, home = eu } | entente.maps.carts.home = "eu" | no effect with the type counter
            maps.carts.priority = [eu]    | entente.maps.carts | has no effect
            maps.carts.resolver = data-center-priority | entente.maps.carts | needs a priority
            maps."a/b" {}                 | entente.maps."a/b" | is no map's name
            maps.carts = 5                | entente.maps.carts = 5 | it is a section
            mode = leader                 | entente.mode = "leader" | 'leader' is unknown: use leaderless or multi-leader or single-leader
            leaderless.w = some           | entente.leaderless.w = "some" | use quorum, local-quorum, or a number of copies
            leaderless.n = none           | entente.leaderless.n = "none" | use the number of copies, or placed
            leaderless.stand-ins = 17     | entente.leaderless.stand-ins = 17 | 1 to 16
            maps.carts.r = leaders        | entente.maps.carts.r = "leaders" | no read concern 'leaders'
            topology = mesh               | entente.topology = "mesh" | 'mesh' is unknown: use all-to-all or ring or star or tree
            topology = star               | entente.topology = star | name it with topology-hub
            topology-hub = eu             | entente.topology-hub = eu | for the topology star alone
            edges = [eu]                  | entente.edges = ["eu"] | write it like eu->us
            edges = ["eu->eu"]            | entente.edges | leads nowhere
            retention.age = 0 s           | entente.retention.age = "0 s" | give 1 s to
            retention.age = long          | entente.retention.age = "long" | such as 500 ms
            retention.size = 1 KiB        | entente.retention.size = "1 KiB" | 1048576 to
            retention.size = much         | entente.retention.size = "much" | such as 512 MiB or 4 GiB
            retention.seize = 1 MiB       | entente.retention.seize = "1 MiB" | the nearest one is entente.retention.size
            snapshot.share = 0            | entente.snapshot.share = 0 | 1 to 1000
            cache = 1 KiB                 | entente.cache = "1 KiB" | 1048576 to 1073741824
            snapshot.share = most         | entente.snapshot.share = "most" | the share of snapshots is 1 to 1000
            retention = 7 d               | entente.retention | it is a section
            single-leader.voters = ["a b"] | entente.single-leader.voters = ["a b"] | 1 to 64 of the characters
            single-leader.acknowledgement = some | entente.single-leader.acknowledgement = "some" | use async or chain or semi-sync or sync
            single-leader.followers-required = 0 | entente.single-leader.followers-required = 0 | 1 to 999
            single-leader.degrade-after = soon | entente.single-leader.degrade-after = "soon" | such as 500 ms
            single-leader.failover = on   | entente.single-leader.failover = "on" | use automatic or manual
            single-leader.follower = 1    | entente.single-leader.follower = 1 | the nearest one is entente.single-leader.failover
            durability = sometimes        | entente.durability = "sometimes" | use fsync or os or memory
            name = "eu 1"                 | entente.name = "eu 1" | 1 to 64 of the characters
            dc = ""                       | entente.dc = "" | 1 to 64 of the characters
            port = 70000                  | entente.port = 70000 | a port is 0 to 65535
            port = http                   | entente.port = "http" | a port is 0 to 65535
            port = 1.5                    | entente.port = 1.5 | a port is 0 to 65535
            port = null                   | entente.port = null | it has no value
            host = "http://x"             | entente.host = "http://x" | without port or scheme
            seeds = [eu-1]                | entente.seeds = ["eu-1"] | write host:port
            seeds = ["a:0"]               | entente.seeds = ["a:0"] | 1 to 65535
            seeds = ["a:1", "a:1"]        | entente.seeds | a:1 is named twice
            seeds { a = 1 }               | entente.seeds | write a list
            members = [a, a]              | entente.members | a is named twice
            partitions = 0                | entente.partitions = 0 | 1 to 1024
            partitions = 1025             | entente.partitions = 1025 | 1 to 1024
            max-clock-drift = soon        | entente.max-clock-drift = "soon" | such as 500 ms
            max-clock-drift = 2 h         | entente.max-clock-drift = "2 h" | give 1 ms to 3600 s
            latency = -1 s                | entente.latency = "-1 s" | give 0 ms to 60 s
            limits.value = 1 lot          | entente.limits.value = "1 lot" | such as 64 KiB
            limits.value = 1 GiB          | entente.limits.value = "1 GiB" | 1024 to 16777216
            conflicts.entries = 1         | entente.conflicts.entries = 1 | 64 to 10000000
            resolver-timeout = 0 s        | entente.resolver-timeout = "0 s" | give 1 ms to 60 s
            restored = maybe              | entente.restored = "maybe" | write on or off
            http = on                     | entente.http | it is a section
            tls.enabled = on              | entente.tls.enabled = on | needs entente.tls.certificate, entente.tls.key, entente.tls.trust
            tls { enabled = on, certificate = c, key = k } | entente.tls.enabled = on | name the PEM files
            http.tls.enabled = on         | entente.http.tls.enabled = on | needs entente.http.tls.certificate, entente.http.tls.key
            tls.password = hunter2        | entente.tls.password = (not shown) | there is no such key
            http.token = entente_abcdefghijklmnopqrstuvwxyz | entente.http.token = "entente_…" | the nearest one is entente.http.tokens
            data = " "                    | entente.data = " " | name one
            """)
    void aSettingThatCantBeUsedIsNamedWithItsValueAndARemedy(String configured, String named, String remedy) {
        SettingsException refused = refused(configured);
        assertThat(refused.problems()).hasSize(1);
        assertThat(refused).hasMessageContaining(named).hasMessageContaining(remedy);
    }

    @Test
    void aNumberOfCopiesThatPlacementDoesNotHaveIsRefusedWithARemedy() {
        String placed =
                "name = eu-1, dc = eu, replication-factor = 2, members = [eu/eu-1, eu/eu-2, eu/eu-3, us/us-1], ";
        assertThat(from(placed + "mode = leaderless, leaderless.n = 3, maps.m.n = 3")
                        .checked())
                .isNotNull();
        assertThat(from(placed + "leaderless.n = 4").checked())
                .as("of another mode")
                .isNotNull();
        assertThatThrownBy(() -> from(placed + "mode = leaderless, leaderless.n = 4, maps.m.n = 2")
                        .checked())
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refused -> assertThat(refused.problems())
                                .hasSize(2)
                                .allSatisfy(problem -> assertThat(problem)
                                        .contains("hold 3 copies of each partition", "write 3 or placed")));
    }

    @Test
    void aHomeIsReadAndRefusedWhereNoKeyCouldBeAtHome() {
        String placed = "name = eu-1, dc = eu, members = [eu/eu-1, us/us-1], ";
        EntenteSettings settings = from(placed
                        + "maps.a.home = us, maps.b { home = by-key-hash, home-unreachable = accept }")
                .checked();
        assertThat(settings.map("a").home()).isEqualTo(new HomeSettings("us", HomeSettings.Unreachable.REFUSE));
        assertThat(settings.map("b").home())
                .isEqualTo(new HomeSettings(HomeSettings.BY_KEY_HASH, HomeSettings.Unreachable.ACCEPT));
        assertThat(settings.map("c").home()).isEqualTo(HomeSettings.none());
        assertThatThrownBy(() -> from(placed + "maps.a.home = mars").checked())
                .hasMessageContaining(
                        "entente.maps.a.home = mars is no data center of entente.members: use one of [eu, us]");
        assertThatThrownBy(() -> from("maps.a.home = by-key-hash").checked())
                .hasMessageContaining("has to know all data centers");
        assertThatThrownBy(() -> from("mode = leaderless, maps.a.home = eu").checked())
                .hasMessageContaining("no effect with entente.mode = leaderless");
        assertThat(from("maps.a.home = eu, maps.b.home = by-key-prefix").checked())
                .as("where nobody says which data centers there are")
                .isNotNull();
    }

    @Test
    void allProblemsAreReportedAtOnceWithWhereTheyAre() {
        SettingsException refused = refused("port = x\ndurability = y\nnam = z");
        assertThat(refused.problems())
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem).contains("(String: "));
        assertThat(refused).hasMessage(String.join(System.lineSeparator(), refused.problems()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name = eu-1, members = [us-1] | does not contain this node, entente.name = eu-1
            latency = 40 ms               | needs entente.fault-injection = on
            port = 5, http.port = 5       | are both 5
            """)
    void settingsThatContradictEachOtherAreRefusedBeforeTheStart(String configured, String problem) {
        EntenteSettings settings = from(configured);
        assertThatThrownBy(settings::checked)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aPortIsBoundBeyondLoopbackOnlyWhereStrangersAreKeptOut() {
        String open = "host = 10.0.0.1, http.host = 0.0.0.0";
        assertThatThrownBy(() -> from(open).checked())
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refused -> assertThat(refused.problems())
                                .satisfiesExactly(
                                        nodes -> assertThat(nodes)
                                                .contains(
                                                        "entente.host = 10.0.0.1",
                                                        "entente.tls",
                                                        "entente.trusted-network = on"),
                                        http -> assertThat(http)
                                                .contains(
                                                        "entente.http.host = 0.0.0.0",
                                                        "entente.http.tokens",
                                                        "samples/token")));
        String tls = "tls { enabled = on, certificate = c, key = k, trust = t }";
        for (String closed : List.of(
                open + ", trusted-network = on",
                open + ", http.tokens = f, " + tls,
                "host = 10.0.0.1, bind = localhost",
                "host = 10.0.0.1, http.host = 127.0.0.1, " + tls,
                "http { host = 0.0.0.0, enabled = off }")) {
            assertThat(from(closed).checked()).as(closed).isNotNull();
        }
        for (String exposed :
                List.of("bind = 0.0.0.0", "host = 127.evil.example", "http.host = \"::\"", open + ", " + tls)) {
            assertThatThrownBy(() -> from(exposed).checked()).as(exposed).hasMessageContaining("reaches that address");
        }
    }

    @Test
    void settingsAsTextHaveNothingOfOtherLibraries() {
        EntenteSettings settings = EntenteSettings.from(ConfigFactory.parseString("other.password = hunter2"));
        assertThat(settings.platform().getString("other.password")).isEqualTo("hunter2");
        assertThat(settings.toString()).contains("NodeSettings[name=node-1").doesNotContain("hunter2");
    }

    @Test
    void aCopyDiffersInWhatWasAskedForAlone() {
        EntenteSettings original = from("");
        EntenteSettings changed = original.withName("eu-1")
                .withDataCenter("eu")
                .withHost("h")
                .withPort(1)
                .withBindHost("b")
                .withSeeds(List.of(new Address("h", 1)))
                .withSecurity(new SecuritySettings(Optional.empty(), true))
                .withHttpPort(2)
                .withHttp(false)
                .withHttpSecurity(new HttpSecurity(Optional.of(Path.of("t")), Optional.empty()))
                .withData(Path.of("d"))
                .withDurability(Durability.OS)
                .withRestored(true)
                .withMembers(List.of("eu-1"))
                .withPartitions(4)
                .withMap("m", MapSettings.resolvedBy("max"))
                .withFaultInjection(true)
                .withLatency(Duration.ofMillis(5));
        assertThat(changed.checked()).isEqualTo(from("""
                name = eu-1, dc = eu, host = h, port = 1, bind = b, seeds = "h:1", http.port = 2, http.enabled = off
                data = d, durability = os, restored = on, members = eu-1, partitions = 4, maps.m.resolver = max
                fault-injection = on, latency = 5ms, trusted-network = on, http.tokens = t
                """));
        assertThat(original).isEqualTo(from(""));
        assertThatThrownBy(() -> original.withPort(-1)).hasMessageContaining("a port is 0 to 65535");
    }

    private static EntenteSettings from(String entente) {
        return EntenteSettings.from(ConfigFactory.parseString("entente {\n" + entente + "\n}"));
    }

    private static SettingsException refused(String entente) {
        return catchThrowableOfType(SettingsException.class, () -> from(entente));
    }
}
