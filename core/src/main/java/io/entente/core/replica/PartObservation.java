package io.entente.core.replica;

import io.entente.conflict.clock.HybridClock;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.PartOperation;
import io.entente.core.record.PartOperation.Forget;
import io.entente.core.record.PartOperation.Observed;
import io.entente.core.record.PartOperation.Put;
import io.entente.core.record.PartOperation.Reset;
import io.entente.core.record.PartOperation.Tally;
import io.entente.core.record.PartOperation.Tombstone;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;

/** What an operation's origin has seen of the parts it touches, as far as other replicas couldn't tell by themselves. */
final class PartObservation {

    private final Origin incarnation;
    private final Parts parts;
    private final HybridClock clock;
    private final Draft draft;

    PartObservation(Origin incarnation, Parts parts, HybridClock clock, Draft draft) {
        this.incarnation = incarnation;
        this.parts = parts;
        this.clock = clock;
        this.draft = draft;
    }

    /** A client's operations as they are logged: tallies that begin say so, and resets name the tallies they reset. */
    Payload.Operations complete(RecordKey key, Payload.Operations requested) {
        OfRequest request = new OfRequest(key);
        requested.operations().forEach(operation -> operation.dispatch(request));
        return new Payload.Operations(request.completed);
    }

    private final class OfRequest implements PartOperation.Handler {

        private final RecordKey key;
        private final List<PartOperation> completed = new ArrayList<>();
        private final List<Bytes> resets = new ArrayList<>();

        private OfRequest(RecordKey key) {
            this.key = key;
        }

        @Override
        public void onPut(Put operation) {
            observe(operation.part());
            completed.add(operation);
        }

        @Override
        public void onTombstone(Tombstone operation) {
            observe(operation.part());
            completed.add(operation);
        }

        @Override
        public void onForget(Forget operation) {
            completed.add(operation);
        }

        @Override
        public void onTally(Tally operation) {
            boolean begins = resets.stream().anyMatch(operation.part()::startsWith)
                    || parts.tally(key, operation.part(), incarnation)
                            .map(io.entente.core.record.Tally::isReset)
                            .orElse(true);
            completed.add(new Tally(operation.part(), operation.delta(), begins));
        }

        @Override
        public void onReset(Reset operation) {
            List<Observed> observed = new ArrayList<>();
            parts.talliesUnder(key, operation.part())
                    .forEach((rowKey, row) -> Parts.tally(row)
                            .filter(tally -> !tally.isReset())
                            .ifPresent(tally -> observed.add(new Observed(
                                    parts.partOf(key, rowKey),
                                    new Dot(parts.originOf(rowKey), tally.last()),
                                    tally.total()))));
            resets.add(operation.part());
            completed.add(new Reset(operation.part(), observed));
        }

        /** After a restart the clock knows nothing of earlier writes, and the wall clock may have gone back. */
        private void observe(Bytes part) {
            parts.versions(key, part)
                    .versions()
                    .forEach(version ->
                            clock.observe(version.timestamp(), draft.now().wallMillis()));
        }
    }
}
