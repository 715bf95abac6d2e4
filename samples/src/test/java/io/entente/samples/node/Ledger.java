package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What clients have asked for and been told, kept outside of the system. Facts are keys that are written once, by one client, with a
 * value that follows from the key; contended keys are written by everybody. Thread-safe.
 */
final class Ledger {

    static final String FACTS = "facts";
    static final String CONTENDED = "contended";

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> attempted = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> contended = new ConcurrentHashMap<>();

    static String valueOf(String fact) {
        return "value of " + fact;
    }

    void attempts(String fact) {
        attempted.add(fact);
    }

    void acknowledges(String fact) {
        acknowledged.add(fact);
    }

    void attempts(String key, String value) {
        contended.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet()).add(value);
    }

    int size() {
        return acknowledged.size();
    }

    /** No acknowledged fact is missing, none reads otherwise, and none was made up. */
    void checkFacts(String node, Map<String, String> found) {
        checkAcknowledged(node, found);
        assertThat(attempted).as("everything that %s has", node).containsAll(found.keySet());
    }

    /** No acknowledged fact is missing, and none reads otherwise; others may have written more. */
    void checkAcknowledged(String node, Map<String, String> found) {
        List<String> missing = new ArrayList<>();
        for (String fact : acknowledged) {
            if (!valueOf(fact).equals(found.get(fact))) {
                missing.add(fact + " reads as " + found.get(fact));
            }
        }
        assertThat(missing)
                .as("acknowledged writes that %s does not have", node)
                .isEmpty();
    }

    /** A contended key reads as something that somebody wrote there. */
    void checkContended(String node, Map<String, String> found) {
        assertThat(found.keySet()).as("contended keys at %s", node).isSubsetOf(contended.keySet());
        found.forEach((key, value) ->
                assertThat(contended.get(key)).as("what was written at %s", key).contains(value));
    }
}
