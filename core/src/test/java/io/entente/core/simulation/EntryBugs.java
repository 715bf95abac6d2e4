package io.entente.core.simulation;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.StoreKeys;
import io.entente.core.codec.Tampering;
import io.entente.core.message.Entry;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.Run;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.List;

/** The bugs that show in how entries are received: each entry is changed so that a healthy replica does what the bug would. */
final class EntryBugs {

    private static final StoreKeys KEYS = new StoreKeys(0);

    private EntryBugs() {}

    /** An entry is applied before those it depends on (invariant I2). */
    static final class DependenciesIgnored extends RunSurgery {

        @Override
        Run run(Run run, long have) {
            return recoded(
                    run,
                    run.firstSequence(),
                    entry -> new Entry(
                            entry.dot(),
                            VersionVector.empty(),
                            entry.key(),
                            entry.payload(),
                            entry.timestamp(),
                            List.of(),
                            entry.isKept()));
        }
    }

    /** An entry is applied although those before it are missing (invariant I1). */
    static final class GapIgnored extends RunSurgery {

        @Override
        Run run(Run run, long have) {
            long shift = run.firstSequence() - have - 1;
            if (shift <= 0) {
                return run;
            }
            return recoded(run, have + 1, entry -> renumbered(entry, shift));
        }

        private static Entry renumbered(Entry entry, long shift) {
            Dot dot = new Dot(entry.dot().origin(), entry.dot().sequence() - shift);
            return new Entry(
                    dot,
                    entry.newDependencies(),
                    entry.key(),
                    entry.payload(),
                    entry.timestamp(),
                    List.of(),
                    entry.isKept());
        }
    }

    /** Whether a version is kept is decided by each node for itself, not by the entry. */
    static final class KeptByOwnWish extends RunSurgery {

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            return at.node().equals("us-1") ? super.receive(at, message, disk) : List.of(message);
        }

        @Override
        Run run(Run run, long have) {
            return recoded(run, run.firstSequence(), KeptByOwnWish::forgotten);
        }

        private static Entry forgotten(Entry entry) {
            return new Entry(
                    entry.dot(),
                    entry.newDependencies(),
                    entry.key(),
                    entry.payload(),
                    entry.timestamp(),
                    entry.replaces());
        }
    }

    /** A damaged entry is applied as it is. */
    static final class DamageAccepted extends RunSurgery {

        @Override
        Run run(Run run, long have) {
            List<Bytes> encoded = new ArrayList<>();
            long sequence = run.firstSequence();
            for (Bytes each : run.encoded()) {
                encoded.add(
                        isIntact(run.origin(), sequence, each)
                                ? each
                                : Tampering.certified(run.origin(), sequence, each));
                sequence++;
            }
            return new Run(run.origin(), run.firstSequence(), encoded);
        }

        private boolean isIntact(Origin origin, long sequence, Bytes encoded) {
            try {
                codec.decode(origin, sequence, encoded);
                return true;
            } catch (MalformedBytesException damaged) {
                return false;
            }
        }
    }

    private abstract static class RunSurgery implements Surgery {

        final EntryCodec codec = new EntryCodec(new OriginCodec(new OriginPool()));

        /**
         * @param run as it arrived
         * @param have the last sequence of that origin on the disk
         */
        abstract Run run(Run run, long have);

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            if (!(message instanceof Entries entries)) {
                return List.of(message);
            }
            List<Run> runs = new ArrayList<>();
            for (Run run : entries.runs()) {
                long have = disk.get(Table.META, KEYS.vector(run.origin()))
                        .map(value -> new ByteReader(value).varint())
                        .orElse(0L);
                runs.add(run(run, have));
            }
            return List.of(new Entries(entries.id(), runs));
        }

        final Run recoded(Run run, long firstSequence, Change change) {
            List<Bytes> encoded = new ArrayList<>();
            long sequence = run.firstSequence();
            for (Bytes each : run.encoded()) {
                try {
                    Entry entry = codec.decode(run.origin(), sequence++, each).entry();
                    encoded.add(codec.encode(change.of(entry)).encoded());
                } catch (MalformedBytesException damaged) {
                    encoded.add(each);
                }
            }
            return new Run(run.origin(), firstSequence, encoded);
        }

        interface Change {
            Entry of(Entry entry);
        }
    }
}
