package io.entente.cluster.retirement;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.routing.RequestFailedException.Cause;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.effect.Reply;
import io.entente.core.event.Event;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Salvageable;
import io.entente.core.store.memory.MemoryStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LostWritesSourceTest {

    private static final Salvageable LOST = new Salvageable(
            new Dot(new Origin("eu", "eu-1", 1, 1), 1),
            new RecordKey("users", "alice"),
            Payload.deletion(),
            new HybridTimestamp(1, 0),
            List.of(),
            false);

    @Test
    void noLostWriteIsLetInWhereAClientsIsNot() {
        RequestFailedException full =
                new RequestFailedException(Outcome.NOT_APPLIED, Cause.DISK_FULL, "the disk of node eu-1 is full");
        LostWritesSource source = new LostWritesSource(
                Path.of("nowhere"),
                aside -> new MemoryStore(),
                new MemoryStore(),
                () -> {
                    throw new AssertionError("no replica is to be asked");
                },
                partition -> Optional.of(full));

        Reply reply = source.write(0, id -> new Event.SalvageRequested(id, LOST));

        assertThat(reply).isEqualTo(new Reply.Refused(Reply.Refusal.OVERLOADED, "the disk of node eu-1 is full"));
    }
}
