package io.entente.cluster.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.event.Event;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.message.SubscriptionId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What waits for a replica is bounded and keeps its order. */
class InboxTest {

    private static final Event.MessageReceived MESSAGE = new Event.MessageReceived(
            new NodeId("us", "us-1"), new PeerMessage.Entries(new SubscriptionId(1, 1), List.of()));

    private static final Event.MessageReceived CHUNK = new Event.MessageReceived(
            new NodeId("us", "us-1"),
            new PeerMessage.SnapshotChunk(new SubscriptionId(1, 1), SnapshotPosition.begin(1, 1), List.of(), true, 0));

    private final Inbox inbox = new Inbox();

    @Test
    void eventsLeaveInTheOrderTheyCame() {
        Event first = new Event.PeersChanged(Set.of());
        inbox.add(first);
        inbox.addMessage(MESSAGE, 10);
        assertThat(inbox.take()).containsExactly(first, MESSAGE);
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void oneTickWaitsHoweverManyCame() {
        inbox.addTick();
        inbox.addTick();
        assertThat(inbox.take()).hasSize(1);
        inbox.addTick();
        assertThat(inbox.take()).hasSize(1);
    }

    @Test
    void aStepIsBounded() {
        for (int i = 0; i < 3_000; i++) {
            inbox.add(new Event.PeersChanged(Set.of()));
        }
        assertThat(inbox.take()).hasSize(1_024);
        assertThat(inbox.take()).hasSize(1_024);
        assertThat(inbox.take()).hasSize(952);
    }

    @Test
    void messagesAreBoundedByNumberAndThereIsRoomAgainOnceTaken() {
        for (int i = 0; i < Inbox.MOST_MESSAGES; i++) {
            assertThat(inbox.addMessage(MESSAGE, 1)).isTrue();
        }
        assertThat(inbox.addMessage(MESSAGE, 1)).isFalse();
        inbox.take();
        assertThat(inbox.addMessage(MESSAGE, 1)).isTrue();
    }

    @Test
    void messagesAreBoundedByBytesButForASingleLargeOne() {
        assertThat(inbox.addMessage(MESSAGE, 16 << 20)).isTrue();
        assertThat(inbox.addMessage(MESSAGE, 1)).isFalse();
        inbox.take();
        assertThat(inbox.addMessage(MESSAGE, 1)).isTrue();
        assertThat(inbox.addMessage(MESSAGE, (int) Inbox.MOST_MESSAGE_BYTES)).isFalse();
    }

    @Test
    void chunksWaitForSpareTimeAndCountAsMessages() {
        inbox.addMessage(CHUNK, 6 << 20);
        assertThat(inbox.isEmpty()).isTrue();
        assertThat(inbox.hasForSpareTime()).isTrue();
        assertThat(inbox.addMessage(MESSAGE, 3 << 20)).isFalse();
        assertThat(inbox.takeForSpareTime()).isEqualTo(CHUNK);
        assertThat(inbox.hasForSpareTime()).isFalse();
        assertThat(inbox.addMessage(MESSAGE, 3 << 20)).isTrue();
    }

    @Test
    void spareTimeIsGivenOnceForAllThatAskedForIt() {
        inbox.addSpareTime();
        inbox.addSpareTime();
        assertThat(inbox.takeForSpareTime()).isEqualTo(new Event.SpareTimeCame());
        assertThat(inbox.hasForSpareTime()).isFalse();
    }

    @Test
    void chunksAndTheReplicasOwnWorkTakeTurns() {
        for (int i = 0; i < 3; i++) {
            inbox.addMessage(CHUNK, 10);
        }
        for (int turn = 0; turn < 2; turn++) {
            inbox.addSpareTime();
            assertThat(inbox.takeForSpareTime()).isEqualTo(CHUNK);
            assertThat(inbox.takeForSpareTime()).isEqualTo(new Event.SpareTimeCame());
        }
        assertThat(inbox.takeForSpareTime()).isEqualTo(CHUNK);
        assertThat(inbox.hasForSpareTime()).isFalse();
    }

    @Test
    void whatIsClearedIsGoneFromSpareTimeToo() {
        inbox.addMessage(CHUNK, 10);
        inbox.addSpareTime();
        inbox.clear();
        assertThat(inbox.hasForSpareTime()).isFalse();
    }
}
