package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.message.EncodedEntry;
import io.entente.core.message.Entry;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.Run;
import io.entente.core.record.Payload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From a source's message to applied entries: in each origin's order, and in causal order (invariants I1, I2). An entry that
 * can't be applied is never skipped: it waits, or its origin's stream stops.
 */
final class ReplicationPath {

    private final AppliedState applied;
    private final Application application;
    private final EntryCodec codec;
    private final EarlyEntries early;
    private final Sources sources;
    private final Seals seals;
    private final Draft draft;
    private final Map<Origin, Stop> stopped = new LinkedHashMap<>();

    ReplicationPath(
            AppliedState applied,
            Application application,
            EntryCodec codec,
            EarlyEntries early,
            Sources sources,
            Seals seals,
            Draft draft) {
        this.applied = applied;
        this.application = application;
        this.codec = codec;
        this.early = early;
        this.sources = sources;
        this.seals = seals;
        this.draft = draft;
    }

    /** Why streams of origins stand still until a person acts. */
    Map<Origin, String> stopped() {
        Map<Origin, String> reasons = new LinkedHashMap<>();
        stopped.forEach((origin, stop) -> reasons.put(origin, stop.why));
        return reasons;
    }

    /** Forgets what waits for other entries; it is asked for again, where somebody still has it durably. */
    void forgetWaiting() {
        early.clear();
        sources.lackEntries();
    }

    /** A snapshot is merged: what stopped origins is behind those of which it had more. */
    void merged() {
        stopped.entrySet().removeIf(each -> {
            boolean passed = applied.vector().sequenceOf(each.getKey()) >= each.getValue().sequence;
            if (passed) {
                sources.goOn(each.getKey());
            }
            return passed;
        });
    }

    void receive(NodeId from, Entries message) {
        if (!applied.merging().isEmpty()) {
            return;
        }
        boolean gap = false;
        for (Run run : message.runs()) {
            gap |= receive(from, run);
        }
        applyWaiting();
        sources.received(from, message.id(), message.entryBytes());
        if (gap) {
            sources.askAgain(from);
        }
    }

    /** Whether entries before this run are missing, or some had to be dropped. */
    private boolean receive(NodeId from, Run run) {
        Origin origin = run.origin();
        long sequence = run.firstSequence();
        boolean missing = false;
        for (Bytes encoded : run.encoded()) {
            long current = sequence++;
            long have = applied.vector().sequenceOf(origin);
            if (current <= have || stopped.containsKey(origin)) {
                continue;
            }
            EncodedEntry entry = decode(from, origin, current, encoded);
            if (entry == null) {
                return true;
            }
            missing |= !accept(entry);
        }
        return missing;
    }

    /** Applies or keeps the entry; {@code false} when something before it is missing here, or there is no room. */
    private boolean accept(EncodedEntry encoded) {
        Entry entry = encoded.entry();
        if (!seals.mayApply(entry.dot())) {
            return false;
        }
        boolean next = applied.isNext(entry.dot());
        if (!next || !applied.covers(entry)) {
            return early.keep(encoded) && (next || early.holdsAllBefore(entry.dot(), applied.vector()));
        }
        if (!obeysCausality(entry)) {
            stop(
                    entry.dot(),
                    Severity.ALARM,
                    "the entry " + entry.dot() + " replaces versions its origin can't" + " have seen ("
                            + entry.replaces() + "); its origin's node breaks the protocol: replace it");
            return true;
        }
        application.apply(encoded);
        sources.advanced(entry.dot().origin());
        return true;
    }

    private void applyWaiting() {
        Optional<EncodedEntry> next = early.takeApplicable(applied);
        while (next.isPresent()) {
            accept(next.get());
            next = early.takeApplicable(applied);
        }
    }

    private @org.jspecify.annotations.Nullable EncodedEntry decode(
            NodeId from, Origin origin, long sequence, Bytes encoded) {
        try {
            return codec.decode(origin, sequence, encoded);
        } catch (MalformedBytesException e) {
            draft.tell(
                    Severity.WARNING,
                    "the entry " + origin + "#" + sequence + " arrived corrupt from " + from
                            + " and is asked for again: " + e.getMessage());
        } catch (UnsupportedFormatException e) {
            stop(
                    new Dot(origin, sequence),
                    Severity.ALARM,
                    "the entry " + origin + "#" + sequence + " can't be stored: " + e.getMessage());
        }
        return null;
    }

    private void stop(Dot at, Severity severity, String why) {
        Origin origin = at.origin();
        if (stopped.putIfAbsent(origin, new Stop(at.sequence(), why)) == null) {
            early.drop(origin);
            sources.stop(origin);
            draft.tell(severity, "the stream of " + origin + " stopped: " + why);
        }
    }

    /** Invariant I7, judged by the receiver too: what an entry replaces, or resets, lies in its causal past. */
    private boolean obeysCausality(Entry entry) {
        return seesAll(entry, entry.replaces())
                && (!(entry.payload() instanceof Payload.Operations operations)
                        || seesAll(entry, operations.observed()));
    }

    private boolean seesAll(Entry entry, List<Dot> dots) {
        Origin origin = entry.dot().origin();
        VersionVector seenBefore = applied.dependenciesOf(origin);
        for (Dot replaced : dots) {
            boolean past = replaced.origin().equals(origin)
                    ? replaced.sequence() < entry.dot().sequence()
                    : seenBefore.contains(replaced) || entry.newDependencies().contains(replaced);
            if (!past) {
                return false;
            }
        }
        return true;
    }

    /** Where a stream stands still: before which entry, and why. */
    private record Stop(long sequence, String why) {}
}
