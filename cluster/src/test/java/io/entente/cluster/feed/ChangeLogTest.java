package io.entente.cluster.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.VersionVector;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The last changes of a node, bounded. */
class ChangeLogTest {

    private static final VersionVector NOTHING = VersionVector.empty();

    private final ChangeLog log = new ChangeLog(4, 1 << 20);

    @Test
    void aReaderGetsWhatCameAfterItsPlaceInOrder() {
        append("a", "b", "c");
        assertThat(keys(log.read(1, key -> true, 10))).containsExactly("b", "c");
        assertThat(log.read(0, key -> true, 2).more()).isTrue();
        assertThat(log.read(2, key -> true, 2).more()).isFalse();
        assertThat(log.read(3, key -> true, 2).changes()).isEmpty();
    }

    @Test
    void whatIsForgottenIsSaidToBeMissedOnceForAll() {
        append("a", "b", "c", "d", "e", "f");
        ChangeLog.Page missed = log.read(1, key -> true, 10);
        assertThat(missed.missed()).isTrue();
        assertThat(missed.changes()).isEmpty();
        append("g");
        ChangeLog.Page after = log.read(missed.reached(), key -> true, 10);
        assertThat(after.missed()).isFalse();
        assertThat(keys(after)).containsExactly("g");
    }

    @Test
    void theOldestPlaceThatIsRememberedCanBeGoneOnFrom() {
        append("a", "b", "c", "d", "e", "f");
        assertThat(log.reachesBackTo(1)).isFalse();
        assertThat(log.reachesBackTo(2)).isTrue();
        assertThat(keys(log.read(2, key -> true, 10))).containsExactly("c", "d", "e", "f");
        assertThat(log.reachesBackTo(6)).isTrue();
        assertThat(log.reachesBackTo(7)).isFalse();
        assertThat(log.reachesBackTo(-1)).isFalse();
    }

    @Test
    void whatOthersWantIsPassedOverAndLeftBehind() {
        append("a", "b", "a", "b");
        ChangeLog.Page page = log.read(0, key -> key.key().equals("b"), 1);
        assertThat(keys(page)).containsExactly("b");
        assertThat(page.reached()).isEqualTo(2);
        assertThat(log.read(2, key -> key.key().equals("x"), 1).reached()).isEqualTo(4);
    }

    @Test
    void longKeysAreForgottenSooner() {
        ChangeLog small = new ChangeLog(1_000, 10_000);
        List<RecordKey> keys = IntStream.range(0, 20)
                .mapToObj(number -> new RecordKey("m", "k".repeat(1_000) + number))
                .toList();
        small.append(0, keys, NOTHING);
        assertThat(small.reachesBackTo(10)).isFalse();
        assertThat(small.reachesBackTo(17)).isTrue();
        assertThat(small.last()).isEqualTo(20);
    }

    private void append(String... keys) {
        for (String key : keys) {
            log.append(0, List.of(new RecordKey("m", key)), NOTHING);
        }
    }

    private static List<String> keys(ChangeLog.Page page) {
        return page.changes().stream().map(change -> change.key().key()).toList();
    }
}
