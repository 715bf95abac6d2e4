package io.entente.samples.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void theDocumentSaysWhereItsFiguresComeFrom() throws JsonProcessingException {
        JsonNode document = mapper.readTree(Json.of(Sample.MACHINE, List.of(Sample.REPORT)));
        assertThat(document.get("format").asInt()).isEqualTo(Json.FORMAT);
        assertThat(document.get("machine")).isEqualTo(mapper.readTree("""
                {"at": "2026-11-21T00:00:00Z", "project": "0.1.0", "commit": "abc1234", "cores": 2, "memoryMebibytes": 8192,
                 "loadAverage": 0.25, "jvm": "JVM 17", "os": "Linux", "fileSystem": "ext4", "fsyncP50Millis": 0.15,
                 "fsyncP99Millis": 4.5}
                """));
    }

    @Test
    void aFigureHasItsValuesAndItsBound() throws JsonProcessingException {
        JsonNode benchmark = mapper.readTree(Json.of(Sample.MACHINE, List.of(Sample.REPORT)))
                .get("benchmarks")
                .get(0);
        assertThat(benchmark.get("benchmark").asText()).isEqualTo("replicate");
        assertThat(benchmark.get("runs").asInt()).isEqualTo(3);
        assertThat(benchmark.get("figures").get(2)).isEqualTo(mapper.readTree("""
                {"figure": "replicate.one.ratio", "label": "to raw", "unit": "ratio", "median": 0.5, "min": 0.375, "max": 0.5,
                 "values": [0.5, 0.375, 0.5], "bound": {"atLeast": 0.6, "kept": false}}
                """));
        assertThat(benchmark.get("figures").get(3).get("bound"))
                .isEqualTo(mapper.readTree("{\"atMost\": 256.0, \"kept\": true}"));
        assertThat(benchmark.get("figures").get(0).has("bound")).isFalse();
    }
}
