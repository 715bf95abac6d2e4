package io.entente.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as its {@code main} runs it, twice over one directory. */
class CartServiceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void cartsOutliveTheServiceAndItsNodeIsInItsHealthAndFigures() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            assertThat(put(service, "/carts/alice/tea?quantity=2")
                            .path("quantities")
                            .path("tea")
                            .asInt())
                    .isEqualTo(2);
            put(service, "/carts/alice/milk");
            assertThat(get(service, "/actuator/health")
                            .at("/components/node/status")
                            .asText())
                    .isEqualTo("UP");
            assertThat(get(service, "/actuator/metrics/entente.commit")
                            .at("/measurements/0/value")
                            .asInt())
                    .isPositive();
        }
        try (ConfigurableApplicationContext service = start()) {
            assertThat(get(service, "/carts/alice").path("quantities"))
                    .isEqualTo(JSON.readTree("{\"milk\":1,\"tea\":2}"));
            assertThat(get(service, "/carts/bob").path("quantities")).isEmpty();
        }
    }

    private ConfigurableApplicationContext start() {
        return SpringApplication.run(
                CartService.class,
                "--server.port=0",
                "--entente.port=0",
                "--entente.founding-wait=0 ms",
                "--entente.data=" + directory);
    }

    private JsonNode get(ConfigurableApplicationContext service, String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(uri(service, path)).build());
    }

    private JsonNode put(ConfigurableApplicationContext service, String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(uri(service, path))
                .PUT(BodyPublishers.noBody())
                .build());
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    private static URI uri(ConfigurableApplicationContext service, String path) {
        return URI.create("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port") + path);
    }
}
