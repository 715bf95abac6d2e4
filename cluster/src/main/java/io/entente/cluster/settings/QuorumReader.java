package io.entente.cluster.settings;

import com.typesafe.config.ConfigValue;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code n}, {@code w} and {@code r}, of the mode leaderless and of maps. */
final class QuorumReader {

    static final String N = "n";
    static final String W = "w";
    static final String R = "r";
    static final List<String> KEYS = List.of(N, W, R);

    private static final String PLACED = "placed";
    private static final Map<String, WriteConcern> WRITES =
            Map.of("quorum", WriteConcern.quorum(), "local-quorum", WriteConcern.localQuorum());

    private QuorumReader() {}

    static QuorumSettings read(Section section) {
        return new QuorumSettings(
                section.read(N, QuorumReader::copies),
                Optional.of(section.read(W, QuorumReader::write)),
                Optional.of(section.read(R, QuorumReader::read)));
    }

    /** What a section has of them; the rest is left open. */
    static QuorumSettings readGiven(Section section) {
        return new QuorumSettings(
                has(section, N) ? section.read(N, QuorumReader::copies) : Optional.empty(),
                has(section, W) ? Optional.of(section.read(W, QuorumReader::write)) : Optional.empty(),
                has(section, R) ? Optional.of(section.read(R, QuorumReader::read)) : Optional.empty());
    }

    private static boolean has(Section section, String key) {
        return section.values().containsKey(key);
    }

    private static Optional<Integer> copies(ConfigValue value) {
        String text = Values.text(value);
        return text.equals(PLACED) ? Optional.empty() : Optional.of(count(text, "the number of copies, or " + PLACED));
    }

    private static WriteConcern write(ConfigValue value) {
        String text = Values.text(value);
        WriteConcern named = WRITES.get(text);
        return named != null
                ? named
                : WriteConcern.replicas(count(text, "quorum, local-quorum, or a number of copies"));
    }

    private static ReadConcern read(ConfigValue value) {
        return ReadConcern.parse(Values.text(value));
    }

    private static int count(String text, String allowed) {
        int count = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (count < 1 || count > QuorumSettings.MOST_COPIES) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither: use " + allowed + " from 1 to " + QuorumSettings.MOST_COPIES);
        }
        return count;
    }
}
