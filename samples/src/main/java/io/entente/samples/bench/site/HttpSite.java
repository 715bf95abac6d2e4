package io.entente.samples.bench.site;

import com.typesafe.config.ConfigFactory;
import io.entente.cluster.Entente;
import io.entente.cluster.settings.EntenteSettings;
import java.nio.file.Path;
import java.time.Duration;

/** A node alone that serves HTTP, in this process. */
public final class HttpSite {

    private HttpSite() {}

    /** Starts it on free ports of loopback; it is ready when this returns. */
    public static Entente start(Path directory, Terms terms) {
        return Entente.start(EntenteSettings.load(ConfigFactory.parseString("akka.stdout-loglevel = off"))
                .withName("eu-1")
                .withDataCenter("eu")
                .withHost("127.0.0.1")
                .withPort(0)
                .withHttpPort(0)
                .withFoundingWait(Duration.ZERO)
                .withDurability(terms.durability())
                .withPartitions(terms.partitions())
                .withData(directory));
    }
}
