package io.entente.core.simulation;

import io.entente.core.bytes.Bytes;
import io.entente.core.record.PartOperation;
import io.entente.core.record.PartOperation.Forget;
import io.entente.core.record.PartOperation.Put;
import io.entente.core.record.PartOperation.Reset;
import io.entente.core.record.PartOperation.Tally;
import io.entente.core.record.PartOperation.Tombstone;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that operate on mergeable values beside those that write records: few values of few parts, so that everything is concurrent
 * with everything. Each write also puts a number of its own, by which the judge knows it.
 */
final class Operating {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Bytes NUMBER = Bytes.utf8("#");

    /** Some parts begin as others do, so that resets by prefix take some and leave some. */
    private static final List<String> PARTS = List.of("a", "ab", "b", "b\0", "b\0c");

    private static final List<String> PREFIXES = List.of("", "a", "b", "b\0", "ab");

    private final World world;
    private final Chance chance;
    private final List<RecordKey> keys;
    private long writes;
    private boolean active = true;

    Operating(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
        // One has the name of a record, which must be none of its business.
        this.keys = chance.of(0.5)
                ? List.of(new RecordKey("m", "k1"))
                : List.of(new RecordKey("ops", "k\0"), new RecordKey("ops", "k"));
    }

    void begin() {
        world.schedule().after(chance.millis(1, world.scenario().load().everyMillis()), () -> {
            if (active) {
                act();
                begin();
            }
        });
    }

    void end() {
        active = false;
    }

    /** Resets everything, so that everything can be purged. */
    void resetAll(SimulatedNode at, Duration timeout) {
        keys.forEach(key ->
                world.clients().operate(at, key, new Payload.Operations(List.of(new Reset(Bytes.empty()))), timeout));
    }

    private void act() {
        List<SimulatedNode> up = world.up();
        if (!up.isEmpty()) {
            world.clients().operate(chance.oneOf(up), chance.oneOf(keys), operations(), TIMEOUT);
        }
    }

    private Payload.Operations operations() {
        List<PartOperation> operations = new ArrayList<>();
        if (chance.of(0.2)) {
            operations.add(new Reset(Bytes.utf8(chance.oneOf(PREFIXES))));
        }
        List<String> parts = new ArrayList<>(PARTS);
        for (int more = chance.between(0, 2); more > 0; more--) {
            String part = parts.remove(chance.between(0, parts.size() - 1));
            operations.add(operation(Bytes.utf8(part)));
        }
        operations.add(new Put(NUMBER, Bytes.utf8("o" + ++writes)));
        return new Payload.Operations(operations);
    }

    private PartOperation operation(Bytes part) {
        int kind = chance.between(0, 5);
        if (kind == 0) {
            return new Tombstone(part);
        }
        if (kind == 1) {
            return new Forget(part);
        }
        return kind < 4 ? new Put(part, Bytes.empty()) : new Tally(part, chance.between(-5, 9));
    }

    /** What a client asked for, by what was logged of it. */
    static Payload asRequested(Payload logged) {
        if (!(logged instanceof Payload.Operations operations)) {
            return logged;
        }
        List<PartOperation> requested = new ArrayList<>();
        for (PartOperation operation : operations.operations()) {
            if (operation instanceof Tally tally) {
                requested.add(new Tally(tally.part(), tally.delta()));
            } else {
                requested.add(operation instanceof Reset reset ? new Reset(reset.part()) : operation);
            }
        }
        return new Payload.Operations(requested);
    }
}
