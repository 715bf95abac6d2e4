package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.message.EncodedEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries applied last, by origin, up to a number of bytes: what receivers that keep up are served from. */
final class Tail {

    private final long limitBytes;
    private final Map<Origin, Stretch> stretches = new HashMap<>();
    private final ArrayDeque<Origin> inOrderOfApplication = new ArrayDeque<>();
    private long bytes;

    Tail(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    void add(EncodedEntry entry) {
        Origin origin = entry.entry().dot().origin();
        stretches.computeIfAbsent(origin, o -> new Stretch()).add(entry);
        inOrderOfApplication.add(origin);
        bytes += entry.encoded().length();
    }

    /**
     * Forgets the oldest entries beyond the limit. Only between steps: a step's own entries can be read nowhere else until they
     * are committed.
     */
    void trim() {
        while (bytes > limitBytes) {
            Origin origin = inOrderOfApplication.remove();
            Stretch stretch = stretches.get(origin);
            if (stretch == null) {
                throw new IllegalStateException("the tail lost track of " + origin);
            }
            bytes -= stretch.removeFirst().encoded().length();
            if (stretch.isEmpty()) {
                stretches.remove(origin);
            }
        }
    }

    void clear() {
        stretches.clear();
        inOrderOfApplication.clear();
        bytes = 0;
    }

    /** The origin's entries from that sequence on, about so many bytes; {@code null} when the first one isn't kept here. */
    @Nullable
    List<EncodedEntry> read(Origin origin, long fromSequence, long limit) {
        Stretch stretch = stretches.get(origin);
        return stretch == null ? null : stretch.read(fromSequence, limit);
    }

    /** Consecutive entries of one origin: a list that loses its head. */
    private static final class Stretch {

        private static final int COMPACT_AT = 64;

        private final ArrayList<@Nullable EncodedEntry> entries = new ArrayList<>();
        private int head;

        void add(EncodedEntry entry) {
            entries.add(entry);
        }

        boolean isEmpty() {
            return head == entries.size();
        }

        EncodedEntry removeFirst() {
            EncodedEntry first = at(head);
            entries.set(head++, null);
            if (head >= COMPACT_AT && head * 2 >= entries.size()) {
                entries.subList(0, head).clear();
                head = 0;
            }
            return first;
        }

        @Nullable
        List<EncodedEntry> read(long fromSequence, long limit) {
            if (isEmpty()) {
                return null;
            }
            long offset = fromSequence - at(head).entry().dot().sequence();
            if (offset < 0) {
                return null;
            }
            List<EncodedEntry> read = new ArrayList<>();
            long size = 0;
            for (long i = head + offset; i < entries.size() && size < limit; i++) {
                EncodedEntry entry = at((int) i);
                read.add(entry);
                size += entry.encoded().length();
            }
            return read;
        }

        private EncodedEntry at(int index) {
            EncodedEntry entry = entries.get(index);
            if (entry == null) {
                throw new IllegalStateException("no entry at " + index);
            }
            return entry;
        }
    }
}
