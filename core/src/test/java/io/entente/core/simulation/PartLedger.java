package io.entente.core.simulation;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.PartOperation;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the rows of mergeable values must be, as a plain function of a set of writes: versions that no other write has superseded, and
 * contributions, one by one, that no reset has seen. Shares no code with the replica, which keeps sums.
 */
final class PartLedger {

    private final Map<RecordKey, List<Effect>> byKey = new LinkedHashMap<>();

    /** What one write adds to one part, and the numbers of the writes that take it away again. */
    record Effect(Write write, PartOperation operation, BitSet undoneBy) {

        boolean holds(BitSet applied) {
            return applied.get(write.number) && !undoneBy.intersects(applied);
        }

        boolean isContribution() {
            return operation instanceof PartOperation.Tally;
        }

        Sibling version() {
            Payload payload =
                    operation instanceof PartOperation.Put put ? Payload.value(put.content()) : Payload.deletion();
            return new Sibling(write.dot, write.timestamp, payload);
        }
    }

    /** Takes in a write if it has operations; whether it has. */
    boolean enter(Write write) {
        if (!(write.payload instanceof Payload.Operations operations)) {
            return false;
        }
        List<Effect> effects = byKey.computeIfAbsent(write.key, key -> new ArrayList<>());
        for (PartOperation operation : operations.operations()) {
            for (Effect earlier : effects) {
                if (write.past.get(earlier.write.number) && undoes(operation, earlier)) {
                    earlier.undoneBy.set(write.number);
                }
            }
        }
        for (PartOperation operation : operations.operations()) {
            if (!(operation instanceof PartOperation.Forget || operation instanceof PartOperation.Reset)) {
                effects.add(new Effect(write, operation, new BitSet()));
            }
        }
        return true;
    }

    private static boolean undoes(PartOperation operation, Effect earlier) {
        Bytes part = earlier.operation.part();
        if (operation instanceof PartOperation.Reset) {
            return part.startsWith(operation.part());
        }
        return !earlier.isContribution()
                && !(operation instanceof PartOperation.Tally)
                && part.equals(operation.part());
    }

    /** The versions of each part, in the order of their dots, before any purge. */
    Map<Bytes, List<Write>> versions(RecordKey key, BitSet applied) {
        Map<Bytes, List<Write>> versions = new TreeMap<>();
        for (Effect effect : byKey.getOrDefault(key, List.of())) {
            if (!effect.isContribution() && effect.holds(applied)) {
                versions.computeIfAbsent(effect.operation.part(), part -> new ArrayList<>())
                        .add(effect.write);
            }
        }
        versions.values().forEach(writes -> writes.sort(Comparator.comparing((Write write) -> write.dot)));
        return versions;
    }

    /** What a write of {@link #versions} left at a part. */
    Sibling version(Write write, Bytes part) {
        for (Effect effect : byKey.getOrDefault(write.key, List.of())) {
            if (effect.write == write && effect.operation.part().equals(part)) {
                return effect.version();
            }
        }
        throw new IllegalStateException(write + " leaves nothing at " + part);
    }

    /** By part and origin, the sum of what isn't reset; none where everything is. */
    Map<Bytes, Map<Origin, Long>> sums(RecordKey key, BitSet applied) {
        Map<Bytes, Map<Origin, Long>> sums = new TreeMap<>();
        for (Effect effect : byKey.getOrDefault(key, List.of())) {
            if (effect.operation instanceof PartOperation.Tally tally && effect.holds(applied)) {
                sums.computeIfAbsent(tally.part(), part -> new TreeMap<>())
                        .merge(effect.write.dot.origin(), tally.delta(), Long::sum);
            }
        }
        return sums;
    }

    /** The last contribution of an origin to a part. */
    Write lastContribution(RecordKey key, Bytes part, Origin origin, BitSet applied) {
        Dot last = null;
        Write found = null;
        for (Effect effect : byKey.getOrDefault(key, List.of())) {
            Dot dot = effect.write.dot;
            if (effect.isContribution()
                    && effect.operation.part().equals(part)
                    && dot.origin().equals(origin)
                    && applied.get(effect.write.number)
                    && (last == null || last.sequence() < dot.sequence())) {
                last = dot;
                found = effect.write;
            }
        }
        if (found == null) {
            throw new IllegalStateException(origin + " never contributed to " + part + " of " + key);
        }
        return found;
    }

    /** The writes that reset, or superseded, what a write did to a part. */
    BitSet undoing(Write write, Bytes part) {
        for (Effect effect : byKey.getOrDefault(write.key, List.of())) {
            if (effect.write == write && effect.operation.part().equals(part)) {
                return effect.undoneBy;
            }
        }
        throw new IllegalStateException(write + " does nothing to " + part);
    }
}
