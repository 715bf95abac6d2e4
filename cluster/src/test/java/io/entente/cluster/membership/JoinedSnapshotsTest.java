package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.message.NodeId;
import io.entente.core.replica.SnapshotProgress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The snapshots of a node's replicas are shown as one. */
class JoinedSnapshotsTest {

    private static final NodeId SOURCE = new NodeId("us", "us-1");

    private final JoinedSnapshots snapshots = new JoinedSnapshots();

    @Test
    void nothingIsSaidWhereNoneIsJoined() {
        assertThat(snapshots.now(new TreeMap<>())).isEmpty();
    }

    @Test
    void severalAreToldAsOneWithRatesAddedAndTheLongestTime() {
        assertThat(snapshots.now(joining(Map.of(0, at(20, 5), 3, at(40, 9)))))
                .hasValue("2 replicas join snapshots from us/us-1: 30 % of about 20.0 MiB, 2.0 MiB/s, 9 s left");
    }

    @Test
    void theShareNeverFallsThoughReplicasEndAndBegin() {
        assertThat(snapshots.now(joining(Map.of(0, at(90, 5), 1, at(50, 9)))))
                .hasValueSatisfying(text -> assertThat(text).contains(" 70 %"));
        assertThat(snapshots.now(joining(Map.of(1, at(60, 9)))))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("1 replica joins a snapshot")
                        .contains(" 80 %"));
        assertThat(snapshots.now(joining(Map.of(1, at(60, 9), 2, at(0, 9)))))
                .hasValueSatisfying(text -> assertThat(text).contains(" 80 %"));
        assertThat(snapshots.now(new TreeMap<>())).isEmpty();
        assertThat(snapshots.now(joining(Map.of(1, at(10, 9)))))
                .hasValueSatisfying(text -> assertThat(text).contains(" 10 %"));
    }

    private static SortedMap<Integer, SnapshotProgress> joining(Map<Integer, SnapshotProgress> progress) {
        return new TreeMap<>(progress);
    }

    private static SnapshotProgress at(int percent, long seconds) {
        return new SnapshotProgress(
                Optional.of(SOURCE), 0, 10 << 20, percent, 1 << 20, Optional.of(Duration.ofSeconds(seconds)));
    }
}
