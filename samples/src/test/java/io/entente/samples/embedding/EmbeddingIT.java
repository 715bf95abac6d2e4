package io.entente.samples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.Entente;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.samples.operations.Guide;
import io.entente.samples.resolver.Cart;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that have a node in them, each run as its {@code main} runs it. */
class EmbeddingIT {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (entente_\\S+) ");

    @TempDir
    Path directory;

    @Test
    void aPlainProgramFindsWhatItWroteInItsOwnStoreAndSeesItsNodesFigures() throws Exception {
        SimpleMeterRegistry figures = new SimpleMeterRegistry();
        EntenteSettings settings = EntenteSettings.from(config());
        try (PlainProgram program = new PlainProgram(settings, figures)) {
            soon(program.putIn("alice", 2, "tea"));
            assertThat(soon(program.putIn("alice", 1, "green milk")).lines().values())
                    .containsExactlyInAnyOrder(new Cart.Line("tea", 2), new Cart.Line("green milk", 1));
            assertThat(figures.get("entente.commit").timer().count()).isPositive();
            assertThat(figures.get("entente.operation").tag("op", "put").timer().count())
                    .isPositive();
            soon(program.node().backup(directory.resolve("backup")));
            assertThat(figuresOf(program.node()))
                    .as("the figures of a node are those that the guide for operators explains")
                    .isEqualTo(Guide.figures());
        }
        assertThat(figures.getMeters()).as("the node's figures went with it").isEmpty();
        assertThat(directory.resolve("data/store/journal")).exists();
        assertThat(directory.resolve("backup/store/journal")).exists();
        assertThat(Files.readString(directory.resolve("data/engine"))).isEqualTo("journal-1\n");

        try (PlainProgram again = new PlainProgram(settings, figures)) {
            assertThat(soon(again.cart("alice")).lines()).hasSize(2);
            assertThat(soon(again.cart("bob"))).isEqualTo(Cart.empty());
        }
    }

    @Test
    void anAkkaApplicationCountsInItsOwnActorsAndAcrossItsStarts() throws Exception {
        try (AkkaApplication application = new AkkaApplication(config())) {
            assertThat(soon(application.enter("north"))).isEqualTo(1);
            assertThat(soon(application.enter("north"))).isEqualTo(2);
            assertThat(soon(application.enter("south"))).isEqualTo(1);
        }
        try (AkkaApplication application = new AkkaApplication(config())) {
            assertThat(soon(application.enter("north"))).isEqualTo(3);
            assertThat(application.system().name()).isEqualTo("museum");
        }
    }

    /** An application's configuration, as its {@code application.conf} would have it. */
    private Config config() {
        return ConfigFactory.parseMap(Map.of(
                        "entente.name",
                        "eu-1",
                        "entente.dc",
                        "eu",
                        "entente.port",
                        0,
                        "entente.founding-wait",
                        "0 ms",
                        "entente.http.port",
                        0,
                        "entente.members",
                        List.of("eu-1"),
                        "entente.data",
                        directory.resolve("data").toString()))
                .withFallback(ConfigFactory.load());
    }

    private static SortedSet<String> figuresOf(Entente node) throws Exception {
        int port = node.httpAddress().orElseThrow().getPort();
        HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        String scrape = HttpClient.newHttpClient()
                .send(metrics, HttpResponse.BodyHandlers.ofString())
                .body();
        return TYPE.matcher(scrape)
                .results()
                .map(line -> line.group(1))
                .filter(name -> !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T> T soon(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
