package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.cluster.replica.Partitions;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.message.NodeId;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a node remembers of the others. */
class KnownNodesTest {

    private static final NodeId US = new NodeId("us", "us-1");
    private static final NodeId AP = new NodeId("ap", "ap-1");

    private static final Partitions SOME = new Partitions(new TreeSet<>(List.of(0, 3, 7)));

    private final MemoryStore store = new MemoryStore();

    @Test
    void itIsThereAfterARestart() {
        KnownNodes known = KnownNodes.recover(store, 8);
        known.note(US, "akka://entente@h:2", SOME);
        known.note(AP, "akka://entente@h:3", SOME);
        known.note(US, "akka://entente@h:9", SOME);
        store.commit(known.takeUnsaved());
        assertThat(KnownNodes.recover(store, 8).addresses())
                .isEqualTo(Map.of(US, "akka://entente@h:9", AP, "akka://entente@h:3"));
    }

    @Test
    void itIsTakenOverIntoAnotherStore() {
        KnownNodes known = KnownNodes.recover(store, 8);
        known.note(US, "akka://entente@h:2", SOME);
        store.commit(known.takeUnsaved());
        store.commit(new WriteBatch().put(Table.META, Bytes.utf8("a partition's"), Bytes.utf8("row")));
        MemoryStore next = new MemoryStore();
        next.commit(KnownNodes.rowsOf(store));
        assertThat(KnownNodes.recover(next, 8).holdings()).isEqualTo(Map.of(US, SOME));
        assertThat(next.get(Table.META, Bytes.utf8("a partition's"))).isEmpty();
    }

    @Test
    void whatIsKnownNeedsNoCommit() {
        KnownNodes known = KnownNodes.recover(store, 8);
        known.note(US, "akka://entente@h:2", SOME);
        assertThat(known.takeUnsaved().size()).isEqualTo(1);
        known.note(US, "akka://entente@h:2", SOME);
        assertThat(known.takeUnsaved().isEmpty()).isTrue();
    }

    @Test
    void whatANodeHoldsIsRememberedToo() {
        KnownNodes known = KnownNodes.recover(store, 8);
        known.note(US, "akka://entente@h:2", Partitions.all(8));
        store.commit(known.takeUnsaved());
        known.note(US, "akka://entente@h:2", SOME);
        store.commit(known.takeUnsaved());
        assertThat(KnownNodes.recover(store, 8).holdings()).isEqualTo(Map.of(US, SOME));
    }

    @Test
    void aNodeRememberedInTheFirstFormHoldsAll() {
        Bytes key = new ByteWriter()
                .u16(0xFFFF)
                .string("node")
                .raw(Bytes.utf8("us/us-1"))
                .toBytes();
        WriteBatch batch = new WriteBatch();
        batch.put(Table.META, key, Bytes.utf8("akka://entente@h:2"));
        store.commit(batch);
        KnownNodes known = KnownNodes.recover(store, 8);
        assertThat(known.addresses()).isEqualTo(Map.of(US, "akka://entente@h:2"));
        assertThat(known.holdings()).isEqualTo(Map.of(US, Partitions.all(8)));
    }

    @Test
    void aFormThatIsNotKnownIsRefused() {
        Bytes key = new ByteWriter()
                .u16(0xFFFF)
                .string("node")
                .raw(Bytes.utf8("us/us-1"))
                .toBytes();
        WriteBatch batch = new WriteBatch();
        batch.put(Table.META, key, Bytes.of((byte) 3, (byte) 0));
        store.commit(batch);
        assertThatThrownBy(() -> KnownNodes.recover(store, 8)).isInstanceOf(UnsupportedFormatException.class);
    }
}
