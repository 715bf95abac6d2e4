package io.entente.cluster.metrics;

/**
 * The text of a scrape. A family that has no series yet, since there is no other data center or no map so far, is announced all the
 * same, so that what there will be can be seen from the start.
 */
final class Exposition {

    private Exposition() {}

    static String complete(String scraped) {
        StringBuilder text = new StringBuilder(scraped);
        for (Family family : Family.values()) {
            if (!scraped.contains("# TYPE " + family.exposed() + " ")) {
                text.append(family.header());
            }
        }
        return text.toString();
    }
}
