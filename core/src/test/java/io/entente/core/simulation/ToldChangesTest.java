package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Step;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulation's law of changes finds what it is to find. */
class ToldChangesTest {

    private static final NodeId NODE = new NodeId("eu", "eu-1");
    private static final RecordKey KEY = new RecordKey("m", "k");

    private final MemoryStore disk = new MemoryStore();
    private final WriteBatch batch = new WriteBatch();

    @Test
    void aChangeThatNobodyIsToldIsFound() {
        batch.put(Table.RECORD, new PartKeys(0).versions(KEY, Bytes.empty()), Bytes.utf8("a row"));
        assertThatThrownBy(() -> check()).isInstanceOf(Violation.class).hasMessageContaining("tells nobody");
        assertThatCode(() -> check(publish(KEY))).doesNotThrowAnyException();
    }

    @Test
    void aChangeThatIsNoneIsFound() {
        assertThatThrownBy(() -> check(publish(KEY)))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("writes none");
    }

    @Test
    void aChangeThatIsToldTwiceIsFound() {
        batch.put(Table.RECORD, new PartKeys(0).versions(KEY, Bytes.empty()), Bytes.utf8("a row"));
        assertThatThrownBy(() -> check(publish(KEY), publish(KEY)))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("twice");
    }

    @Test
    void whatReadersDoNotSeeNeedNotBeTold() {
        batch.delete(Table.RECORD, new StoreKeys(0).record(KEY));
        assertThatCode(() -> check()).doesNotThrowAnyException();
    }

    private void check(Effect... effects) {
        new ToldChanges().check(NODE, new Step(batch, List.of(effects)), disk);
    }

    private static Effect publish(RecordKey key) {
        return new Effect.Publish(List.of(key), VersionVector.empty());
    }
}
