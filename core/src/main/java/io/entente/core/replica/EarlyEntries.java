package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.EncodedEntry;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Entries that arrived before something they follow or depend on, by origin and sequence, up to a number of bytes. What doesn't
 * fit is dropped: it will be asked for again.
 */
final class EarlyEntries {

    private final long limitBytes;
    private final SortedMap<Origin, TreeMap<Long, EncodedEntry>> waiting = new TreeMap<>();
    private long bytes;

    EarlyEntries(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    void clear() {
        waiting.clear();
        bytes = 0;
    }

    /** Keeps the entry; {@code false} when there is no room for it. */
    boolean keep(EncodedEntry entry) {
        int size = entry.encoded().length();
        Dot dot = entry.entry().dot();
        TreeMap<Long, EncodedEntry> ofOrigin = waiting.get(dot.origin());
        if (ofOrigin != null && ofOrigin.containsKey(dot.sequence())) {
            return true;
        }
        if (bytes + size > limitBytes) {
            return false;
        }
        waiting.computeIfAbsent(dot.origin(), o -> new TreeMap<>()).put(dot.sequence(), entry);
        bytes += size;
        return true;
    }

    /** Takes out some entry that can be applied now, and on the way drops those that have been. */
    Optional<EncodedEntry> takeApplicable(AppliedState applied) {
        Iterator<TreeMap<Long, EncodedEntry>> origins = waiting.values().iterator();
        while (origins.hasNext()) {
            TreeMap<Long, EncodedEntry> ofOrigin = origins.next();
            Optional<EncodedEntry> found = takeApplicable(ofOrigin, applied);
            if (ofOrigin.isEmpty()) {
                origins.remove();
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Whether what waits of the entry's origin reaches from the vector to the entry without a gap. */
    boolean holdsAllBefore(Dot dot, VersionVector vector) {
        TreeMap<Long, EncodedEntry> ofOrigin = waiting.get(dot.origin());
        if (ofOrigin == null) {
            return false;
        }
        long firstMissing = vector.sequenceOf(dot.origin()) + 1;
        return ofOrigin.firstKey() <= firstMissing && ofOrigin.containsKey(dot.sequence() - 1);
    }

    /** Drops what waits of an origin. */
    void drop(Origin origin) {
        TreeMap<Long, EncodedEntry> ofOrigin = waiting.remove(origin);
        if (ofOrigin != null) {
            ofOrigin.values().forEach(entry -> bytes -= entry.encoded().length());
        }
    }

    private Optional<EncodedEntry> takeApplicable(TreeMap<Long, EncodedEntry> ofOrigin, AppliedState applied) {
        while (!ofOrigin.isEmpty()) {
            EncodedEntry first = ofOrigin.firstEntry().getValue();
            Dot dot = first.entry().dot();
            boolean old = applied.vector().contains(dot);
            if (!old && !(applied.isNext(dot) && applied.covers(first.entry()))) {
                return Optional.empty();
            }
            ofOrigin.pollFirstEntry();
            bytes -= first.encoded().length();
            if (!old) {
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }
}
