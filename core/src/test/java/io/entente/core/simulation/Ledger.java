package io.entente.core.simulation;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All writes of a history, each with its whole causal past as a set, and what a record must be, as a plain function of a set of
 * writes. Shares no code with the replica.
 */
final class Ledger {

    private static final int KEPT_GENERATIONS = 32;

    private final List<Write> all = new ArrayList<>();
    private final Map<Dot, Write> byDot = new HashMap<>();
    private final Map<Origin, NavigableMap<Long, Write>> byOrigin = new HashMap<>();
    private final Map<RecordKey, OfKey> byKey = new LinkedHashMap<>();
    private final PartLedger parts = new PartLedger();

    /** The number of the write of that dot. */
    int number(Dot dot) {
        Write write = byDot.get(dot);
        if (write == null) {
            throw new Violation(Law.DOT_UNIQUE, "nobody wrote " + dot);
        }
        return write.number;
    }

    Write enter(Dot dot, Write.Content content, BitSet past, Write.Origination origination) {
        Write write = new Write(all.size(), dot, content, (BitSet) past.clone(), origination);
        if (write.isKept) {
            descend(write);
        }
        OfKey sameKey = byKey.computeIfAbsent(write.key, key -> new OfKey());
        all.add(write);
        byDot.put(dot, write);
        byOrigin.computeIfAbsent(dot.origin(), origin -> new TreeMap<>()).put(dot.sequence(), write);
        if (parts.enter(write)) {
            return write;
        }
        for (Write other : sameKey.writes) {
            if (write.supersedes(other)) {
                other.supersededBy.set(write.number);
                write.replacedLaterTime |= other.timestamp.compareTo(write.timestamp) > 0;
            }
        }
        sameKey.writes.add(write);
        sameKey.numbers.set(write.number);
        return write;
    }

    /** The writes of a key, and what its record was found to be where some of them are applied: it is asked for again and again. */
    private static final class OfKey {
        private final List<Write> writes = new ArrayList<>();
        private final BitSet numbers = new BitSet();
        private final Map<BitSet, List<Write>> records = new HashMap<>();
    }

    /** It descends from what it replaced where it was written, as far as that is kept. */
    private void descend(Write write) {
        for (Write present : record(write.key, write.past)) {
            if (present.isKept && write.supersedes(present)) {
                write.replaced.set(present.number);
                write.descent.set(present.number);
                write.descent.or(present.descent);
            }
        }
    }

    @Nullable
    Write find(Dot dot) {
        return byDot.get(dot);
    }

    Write get(int number) {
        return all.get(number);
    }

    List<Write> all() {
        return all;
    }

    PartLedger parts() {
        return parts;
    }

    Collection<RecordKey> keys() {
        return byKey.keySet();
    }

    /** What the record must hold where just these writes are applied, before any purge: those no other of them supersedes. */
    List<Write> record(RecordKey key, BitSet applied) {
        OfKey of = byKey.get(key);
        if (of == null) {
            return List.of();
        }
        BitSet here = (BitSet) of.numbers.clone();
        here.and(applied);
        return of.records.computeIfAbsent(here, this::record);
    }

    /** Those of some writes of one key that no other of them supersedes. */
    private List<Write> record(BitSet applied) {
        List<Write> record = new ArrayList<>();
        for (int number = applied.nextSetBit(0); number >= 0; number = applied.nextSetBit(number + 1)) {
            Write write = get(number);
            if (!write.supersededBy.intersects(applied)) {
                record.add(write);
            }
        }
        record.sort(Comparator.comparing((Write write) -> write.dot));
        return List.copyOf(record);
    }

    /** The superseded writes of a key that are kept where just these are applied and nothing was purged, by number. */
    BitSet kept(RecordKey key, BitSet applied) {
        OfKey of = byKey.get(key);
        List<Write> writes = of == null ? List.of() : of.writes;
        BitSet kept = new BitSet();
        int[] generations = new int[all.size()];
        for (int i = writes.size() - 1; i >= 0; i--) {
            Write write = writes.get(i);
            if (!write.isKept || !applied.get(write.number)) {
                continue;
            }
            int above = generations[write.number];
            for (int n = write.replaced.nextSetBit(0); n >= 0; n = write.replaced.nextSetBit(n + 1)) {
                generations[n] = Math.max(generations[n], above + 1);
            }
            kept.set(write.number, write.supersededBy.intersects(applied) && above <= KEPT_GENERATIONS);
        }
        return kept;
    }

    /** The newest values that all siblings of a record descend from, where just these writes are applied. */
    List<Write> ancestors(RecordKey key, BitSet applied) {
        List<Write> siblings = record(key, applied);
        if (siblings.size() < 2) {
            return List.of();
        }
        BitSet common = kept(key, applied);
        siblings.forEach(sibling -> common.and(sibling.descent));
        BitSet newest = (BitSet) common.clone();
        common.stream().forEach(number -> newest.andNot(get(number).descent));
        return newest.stream()
                .mapToObj(this::get)
                .filter(write -> !write.payload.isDeletion())
                .sorted(Comparator.comparing((Write write) -> write.dot))
                .toList();
    }

    /** The writes that a vector names. */
    BitSet named(VersionVector vector) {
        BitSet named = new BitSet(all.size());
        vector.forEach((origin, sequence) -> {
            NavigableMap<Long, Write> of = byOrigin.getOrDefault(origin, Collections.emptyNavigableMap());
            of.headMap(sequence, true).values().forEach(write -> named.set(write.number));
        });
        return named;
    }

    /** The writes that a vector names, and all that they had seen. */
    BitSet closure(VersionVector vector) {
        BitSet closure = named(vector);
        vector.forEach((origin, sequence) -> {
            Write last = byDot.get(new Dot(origin, sequence));
            if (last != null) {
                closure.or(last.past);
            }
        });
        return closure;
    }

    /** Whether all writes of those dots are known and among these. */
    boolean hasAll(Collection<Dot> dots, BitSet applied) {
        for (Dot dot : dots) {
            Write write = byDot.get(dot);
            if (write == null || !applied.get(write.number)) {
                return false;
            }
        }
        return true;
    }
}
