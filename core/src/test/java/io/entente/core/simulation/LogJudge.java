package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Holds each disk's logs against what it says of where they begin, and what they let go against what others have. */
final class LogJudge {

    private final World world;
    private final Ledger ledger;
    private final StoredForm form = new StoredForm();
    private final StoreKeys keys = new StoreKeys(0);

    LogJudge(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /** A commit is on the disk. */
    void committed(NodeId node, WriteBatch batch, Collection<Copy> copies) {
        checkTruncation(node, batch, copies);
        Set<Origin> touched = form.logsShortened(batch);
        touched.addAll(form.logBeginnings(batch).keySet());
        touched.forEach(origin -> checkBeginning(node, origin));
    }

    /** What a node has written, and nobody else had, stays in its log. */
    private void checkTruncation(NodeId node, WriteBatch batch, Collection<Copy> copies) {
        form.logBeginnings(batch).forEach((origin, first) -> {
            for (long sequence = 1; node.isHomeOf(origin) && sequence < first; sequence++) {
                Write write = ledger.find(new Dot(origin, sequence));
                boolean isElsewhere = write == null
                        || copies.stream()
                                .anyMatch(copy -> !copy.node().equals(node)
                                        && copy.everHeld().get(write.number));
                unless(isElsewhere, Law.RETENTION, () -> node + " truncates " + write + ", which nobody else has");
            }
        });
    }

    /**
     * What isn't in a log any more is known to be gone, by a new start too: else whoever asks for it is neither sent it nor told to join a snapshot. Entries
     * come one after the other, so the first one tells.
     */
    private void checkBeginning(NodeId node, Origin origin) {
        StoreReader disk = world.node(node).disk();
        long applied = number(disk, keys.vector(origin)).orElse(0L);
        long noted = number(disk, keys.firstKept(origin)).orElse(1L);
        Optional<Long> first = firstOf(disk, origin);
        unless(
                noted > applied
                        ? first.isEmpty()
                        : first.filter(at -> at == noted).isPresent(),
                Law.LOG,
                () -> node + " has " + applied + " writes of " + origin + " and a log of them from "
                        + first.map(String::valueOf).orElse("nowhere") + " on, of which it notes that it begins at "
                        + noted);
    }

    private Optional<Long> firstOf(StoreReader disk, Origin origin) {
        try (Scan scan = disk.scan(Table.LOG, keys.entry(origin, 0), keys.afterEntries(origin))) {
            return scan.advance() ? Optional.of(StoreKeys.sequenceOf(scan.key())) : Optional.empty();
        }
    }

    private static Optional<Long> number(StoreReader disk, Bytes key) {
        return disk.get(Table.META, key).map(value -> new ByteReader(value).varint());
    }
}
