package io.entente.samples.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Reports as JSON.
 *
 * <pre>
 * {"format": 1,
 *  "machine": {"at", "project", "commit", "cores", "memoryMebibytes", "loadAverage", "jvm", "os", "fileSystem", "fsyncP50Millis", "fsyncP99Millis"},
 *  "benchmarks": [{"benchmark", "how", "runs",
 *    "figures": [{"figure", "label", "unit", "median", "min", "max", "values": [], "bound": {"atLeast" or "atMost", "kept"}}]}]}
 * </pre>
 *
 * <p>Names and meanings of a format stay; a later version may add fields.
 */
public final class Json {

    /** The format written. */
    public static final int FORMAT = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** The document, with a line break at its end. */
    public static String of(Machine machine, List<Report> reports) {
        ObjectNode document = MAPPER.createObjectNode().put("format", FORMAT);
        document.set("machine", machine(machine));
        ArrayNode benchmarks = document.putArray("benchmarks");
        reports.forEach(report -> benchmarks.add(benchmark(report)));
        try {
            return MAPPER.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures are not JSON", e);
        }
    }

    private static ObjectNode machine(Machine machine) {
        return MAPPER.createObjectNode()
                .put("at", machine.at().toString())
                .put("project", machine.project())
                .put("commit", machine.commit().orElse(null))
                .put("cores", machine.cores())
                .put("memoryMebibytes", machine.memoryMebibytes())
                .put("loadAverage", machine.loadAverage())
                .put("jvm", machine.jvm())
                .put("os", machine.os())
                .put("fileSystem", machine.disk().fileSystem())
                .put("fsyncP50Millis", machine.disk().fsyncP50Millis())
                .put("fsyncP99Millis", machine.disk().fsyncP99Millis());
    }

    private static ObjectNode benchmark(Report report) {
        ObjectNode benchmark = MAPPER.createObjectNode()
                .put("benchmark", report.benchmark())
                .put("how", report.how())
                .put(
                        "runs",
                        report.series().stream()
                                .mapToInt(series -> series.values().size())
                                .max()
                                .orElse(0));
        ArrayNode figures = benchmark.putArray("figures");
        report.series().forEach(series -> figures.add(figure(series)));
        return benchmark;
    }

    private static ObjectNode figure(Series series) {
        ObjectNode figure = MAPPER.createObjectNode()
                .put("figure", series.figure().id())
                .put("label", series.figure().label())
                .put("unit", series.figure().unit())
                .put("median", series.median())
                .put("min", series.least())
                .put("max", series.greatest());
        ArrayNode values = figure.putArray("values");
        series.values().forEach(value -> values.add(value.doubleValue()));
        series.figure()
                .bound()
                .ifPresent(bound -> figure.putObject("bound")
                        .put(bound.isLeast() ? "atLeast" : "atMost", bound.limit())
                        .put("kept", series.keepsItsBound()));
        return figure;
    }
}
