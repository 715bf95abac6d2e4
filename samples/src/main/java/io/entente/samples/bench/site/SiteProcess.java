package io.entente.samples.bench.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The program of a site in a process of its own: follows the {@link Order}s on its standard input until that ends. Its standard output
 * carries nothing but answers.
 */
final class SiteProcess {

    /** The first line, once the site is ready. */
    static final String READY = "done ready";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SiteProcess() {}

    /** Runs the site that the only argument describes. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        try (LocalSite site = new LocalSite(MAPPER.readValue(arguments[0], SiteSetup.class))) {
            site.start();
            site.awaitReady();
            answers.println(READY);
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                answers.println(Order.follow(site, order));
            }
        }
        System.exit(0);
    }

    /** The argument that describes a site. */
    static String argument(SiteSetup setup) {
        try {
            return MAPPER.writeValueAsString(setup);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a site's setup is not JSON", e);
        }
    }
}
