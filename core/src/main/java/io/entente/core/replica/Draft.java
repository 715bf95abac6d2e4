package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Step;
import io.entente.core.event.Now;
import io.entente.core.event.RequestId;
import io.entente.core.journal.JournaledConflict;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.ReplicationMode;
import io.entente.core.record.RecordKey;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A step while it is being made: its time, its batch, its effects. */
final class Draft {

    private Now now;
    private WriteBatch batch = new WriteBatch();
    private List<Effect> effects = new ArrayList<>();

    Draft(Now start) {
        this.now = start;
    }

    void begin(Now at) {
        now = at;
    }

    Now now() {
        return now;
    }

    WriteBatch batch() {
        return batch;
    }

    void send(NodeId to, PeerMessage message) {
        effects.add(new Effect.Send(to, message));
    }

    void answer(RequestId request, Reply reply) {
        effects.add(new Effect.Answer(request, reply));
    }

    void tell(Severity severity, String text) {
        effects.add(new Effect.Tell(severity, text));
    }

    void nameLeader(Optional<NodeId> leader, ReplicationMode mode) {
        effects.add(new Effect.NameLeader(leader, mode));
    }

    void noteCaughtUp(boolean caughtUp) {
        effects.add(new Effect.NoteCaughtUp(caughtUp));
    }

    void noteDegraded(boolean degraded) {
        effects.add(new Effect.NoteDegraded(degraded));
    }

    void announce(JournaledConflict conflict) {
        effects.add(new Effect.Announce(conflict));
    }

    void publish(List<RecordKey> keys, VersionVector upTo) {
        effects.add(new Effect.Publish(keys, upTo));
    }

    void comeBack() {
        effects.add(new Effect.ComeBack());
    }

    void comeBackWhenSpare() {
        effects.add(new Effect.ComeBackWhenSpare());
    }

    Step finish() {
        Step step = new Step(batch, effects);
        batch = new WriteBatch();
        effects = new ArrayList<>();
        return step;
    }
}
