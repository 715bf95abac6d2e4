package io.entente.cluster.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pieces make a message whole, or none. */
class ReassemblyTest {

    private static final NodeId US = new NodeId("us", "us-1");
    private static final NodeId AP = new NodeId("ap", "ap-1");

    private final Reassembly reassembly = new Reassembly();

    @Test
    void piecesInOrderMakeTheMessage() {
        assertThat(add(US, 1, 0, 3, "a")).isEmpty();
        assertThat(add(US, 1, 1, 3, "b")).isEmpty();
        assertThat(add(US, 1, 2, 3, "c")).contains("abc");
    }

    @Test
    void aMessageOfOnePieceIsThereAtOnce() {
        assertThat(add(US, 1, 0, 1, "a")).contains("a");
    }

    @Test
    void peersDoNotDisturbEachOther() {
        add(US, 1, 0, 2, "a");
        add(AP, 1, 0, 2, "x");
        assertThat(add(US, 1, 1, 2, "b")).contains("ab");
        assertThat(add(AP, 1, 1, 2, "y")).contains("xy");
    }

    @Test
    void aLostPieceLosesTheMessageAndNotTheNext() {
        add(US, 1, 0, 3, "a");
        assertThat(add(US, 1, 2, 3, "c")).isEmpty();
        assertThat(add(US, 1, 1, 3, "b")).isEmpty();
        add(US, 2, 0, 2, "d");
        assertThat(add(US, 2, 1, 2, "e")).contains("de");
    }

    @Test
    void aDuplicateLosesTheMessage() {
        add(US, 1, 0, 2, "a");
        assertThat(add(US, 1, 0, 2, "a")).isEmpty();
        assertThat(add(US, 1, 1, 2, "b")).contains("ab");
        assertThat(add(US, 1, 1, 2, "b")).isEmpty();
    }

    @Test
    void piecesOfTwoMessagesAreNeverMixed() {
        add(US, 1, 0, 2, "a");
        assertThat(add(US, 2, 1, 2, "z")).isEmpty();
    }

    @Test
    void absurdNumbersAreDropped() {
        assertThat(add(US, 1, 0, 0, "a")).isEmpty();
        assertThat(add(US, 1, 5, 2, "a")).isEmpty();
        assertThat(add(US, 1, 0, Integer.MAX_VALUE, "a")).isEmpty();
        assertThat(add(US, 1, 1, Integer.MAX_VALUE, "a")).isEmpty();
    }

    @Test
    void whoIsNoPeerIsForgotten() {
        add(US, 1, 0, 2, "a");
        reassembly.retain(Set.of(AP));
        assertThat(add(US, 1, 1, 2, "b")).isEmpty();
    }

    private Optional<String> add(NodeId from, long message, int piece, int pieces, String content) {
        return reassembly
                .add(new PeerEnvelope(1, from, message, piece, pieces, Bytes.utf8(content)))
                .map(Bytes::utf8);
    }
}
