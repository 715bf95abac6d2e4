package io.entente.samples.bench.site;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.RetentionSettings;
import io.entente.samples.bench.load.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * All that makes one site.
 *
 * @param number which of {@link #DATA_CENTERS}
 * @param port where its node listens
 * @param seedPort where the first site's node listens
 * @param directory the directory of all sites' data
 * @param terms what it shares with the others
 * @param workload what it writes
 * @param logKept whether its log reaches back as far as it usually does, or hardly at all
 */
record SiteSetup(
        int number, int port, int seedPort, String directory, Terms terms, Workload workload, boolean logKept) {

    static final List<String> DATA_CENTERS = List.of("eu", "us", "ap");

    private static final String HOST = "127.0.0.1";

    /** Akka's own announcements would stand between the figures; the instrument counts bytes for the cost of one addition a message. */
    private static final Config AKKA = ConfigFactory.parseString("""
            akka.stdout-loglevel = off
            akka.remote.artery.advanced.instruments = ["%s"]
            """.formatted(WireCount.class.getName()));

    private static final RetentionSettings FORGOTTEN_AT_ONCE = new RetentionSettings(
            Duration.ofSeconds(1), RetentionSettings.defaults().bytes());

    SiteSetup withoutLog() {
        return new SiteSetup(number, port, seedPort, directory, terms, workload, false);
    }

    String dataCenter() {
        return DATA_CENTERS.get(number);
    }

    Path data() {
        return data(Path.of(directory), number);
    }

    static String node(int number) {
        return DATA_CENTERS.get(number) + "-1";
    }

    static Path data(Path directory, int number) {
        return directory.resolve(DATA_CENTERS.get(number));
    }

    EntenteSettings settings() {
        return common().withRetention(logKept ? RetentionSettings.defaults() : FORGOTTEN_AT_ONCE);
    }

    private EntenteSettings common() {
        return EntenteSettings.load(AKKA)
                .withName(node(number))
                .withDataCenter(dataCenter())
                .withHost(HOST)
                .withPort(port)
                .withSeeds(List.of(new Address(HOST, seedPort)))
                .withFoundingWait(Duration.ZERO)
                .withHttp(false)
                .withData(data())
                .withMembers(terms.membersNamed() ? List.of(node(0), node(1), node(2)) : List.of())
                .withDurability(terms.durability())
                .withPartitions(terms.partitions())
                .withFaultInjection(terms.latencyMillis() > 0)
                .withLatency(Duration.ofMillis(terms.latencyMillis()));
    }
}
