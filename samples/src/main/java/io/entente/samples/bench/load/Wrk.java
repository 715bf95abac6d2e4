package io.entente.samples.bench.load;

import io.entente.samples.terminal.FailureException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The load generator wrk: a program in C that keeps connections busy, each with one request at a time, and costs far less processor time than a client in
 * Java. Each request comes as soon as the one before it is answered, so its latencies are those of a closed loop.
 *
 * @param program where it is
 */
public record Wrk(Path program) {

    private static final Pattern RESULT = Pattern.compile(
            "entente: requests=(\\d+) micros=(\\d+) refused=(\\d+) broken=(\\d+) p50=(\\d+) p99=(\\d+)");

    /** Keys of a pool, in a random order that differs between threads; what is answered is told on one line. */
    private static final String SCRIPT = """
            local threads = 0
            function setup(thread)
              thread:set("seed", threads)
              threads = threads + 1
            end
            function init(args)
              math.randomseed(seed * 7919 + 1)
              headers = { ["Content-Type"] = "application/octet-stream" }
              body = {body}
            end
            function request()
              return wrk.format("{method}", "{path}" .. math.random(0, {last}), headers, body)
            end
            function done(summary, latency, requests)
              local e = summary.errors
              io.write(string.format("entente: requests=%d micros=%d refused=%d broken=%d p50=%d p99=%d\\n", summary.requests,
                summary.duration, e.status, e.connect + e.read + e.write + e.timeout, latency:percentile(50), latency:percentile(99)))
            end
            """;

    /** The one on the path; throws {@link FailureException} where there is none. */
    public static Wrk found() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "wrk"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Wrk::new)
                .orElseThrow(
                        () -> new FailureException(
                                "bench http needs the load generator wrk, and there is none on the PATH; install it (Debian: apt-get install wrk)"));
    }

    /**
     * What is asked.
     *
     * @param method the method
     * @param path the path, but for the number of the key that follows
     * @param keys of how many keys
     * @param bodyBytes how long the body is; none for 0
     */
    public record Asked(String method, String path, int keys, int bodyBytes) {

        private String script() {
            String body = bodyBytes == 0 ? "nil" : "string.rep(\"x\", " + bodyBytes + ")";
            return SCRIPT.replace("{body}", body)
                    .replace("{method}", method)
                    .replace("{path}", path)
                    .replace("{last}", Integer.toString(keys - 1));
        }
    }

    /**
     * What came of it.
     *
     * @param answered requests a second that were served
     * @param refused the share of requests that were answered with an error, 0 to 1
     * @param broken requests without an answer, and connections that could not be made
     * @param p50Millis the median latency of all answers
     * @param p99Millis what one in a hundred exceeds
     */
    public record Answered(double answered, double refused, long broken, double p50Millis, double p99Millis) {

        static Answered of(String output) {
            Matcher line = RESULT.matcher(output);
            if (!line.find()) {
                throw new IllegalStateException("wrk said nothing that could be understood: " + output.strip());
            }
            long requests = Long.parseLong(line.group(1));
            double seconds = Long.parseLong(line.group(2)) / 1e6;
            long refused = Long.parseLong(line.group(3));
            return new Answered(
                    (requests - refused) / seconds,
                    requests == 0 ? 0 : (double) refused / requests,
                    Long.parseLong(line.group(4)),
                    Long.parseLong(line.group(5)) / 1e3,
                    Long.parseLong(line.group(6)) / 1e3);
        }
    }

    /**
     * Asks for a while.
     *
     * @param directory where its script may lie
     * @throws IllegalStateException when wrk fails
     */
    public Answered run(Path directory, InetSocketAddress at, Asked asked, int connections, int seconds) {
        try {
            Path script = Files.writeString(directory.resolve("wrk.lua"), asked.script());
            int threads = Math.min(2, connections);
            Process wrk = new ProcessBuilder(List.of(
                            program.toString(),
                            "-t" + threads,
                            "-c" + connections,
                            "-d" + seconds + "s",
                            "--timeout",
                            "10s",
                            "-s",
                            script.toString(),
                            "http://" + at.getHostString() + ":" + at.getPort() + "/"))
                    .redirectErrorStream(true)
                    .start();
            wrk.getOutputStream().close();
            String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (wrk.waitFor() != 0) {
                throw new IllegalStateException("wrk failed: " + output.strip());
            }
            return Answered.of(output);
        } catch (IOException e) {
            throw new UncheckedIOException("wrk can't be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while wrk runs", e);
        }
    }
}
