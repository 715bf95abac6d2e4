package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.message.NodeId;
import io.entente.core.store.memory.MemoryStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a node remembers of the others. */
class KnownNodesTest {

    private static final NodeId US = new NodeId("us", "us-1");
    private static final NodeId AP = new NodeId("ap", "ap-1");

    private final MemoryStore store = new MemoryStore();

    @Test
    void itIsThereAfterARestart() {
        KnownNodes known = KnownNodes.recover(store);
        known.note(US, "akka://entente@h:2");
        known.note(AP, "akka://entente@h:3");
        known.note(US, "akka://entente@h:9");
        store.commit(known.takeUnsaved());
        assertThat(KnownNodes.recover(store).addresses())
                .isEqualTo(Map.of(US, "akka://entente@h:9", AP, "akka://entente@h:3"));
    }

    @Test
    void whatIsKnownNeedsNoCommit() {
        KnownNodes known = KnownNodes.recover(store);
        known.note(US, "akka://entente@h:2");
        assertThat(known.takeUnsaved().size()).isEqualTo(1);
        known.note(US, "akka://entente@h:2");
        assertThat(known.takeUnsaved().isEmpty()).isTrue();
    }
}
