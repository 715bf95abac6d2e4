package io.entente.core.effect;

import io.entente.conflict.version.VersionVector;
import io.entente.core.event.RequestId;
import io.entente.core.journal.JournaledConflict;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.ReplicationMode;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Something a replica wants done once its batch is durable. */
public sealed interface Effect {

    /** Has the shell do it. */
    void perform(Interpreter shell);

    /** Whoever performs effects: the Akka actor, or the simulator. */
    interface Interpreter {
        void send(Send effect);

        void answer(Answer effect);

        void tell(Tell effect);

        void nameLeader(NameLeader effect);

        /** By default nobody chooses where to read. */
        default void noteCaughtUp(NoteCaughtUp effect) {}

        /** By default nobody watches. */
        default void noteDegraded(NoteDegraded effect) {}

        /** By default nobody follows. */
        default void announce(Announce effect) {}

        /** By default nobody follows. */
        default void publish(Publish effect) {}

        void comeBack(ComeBack effect);

        void comeBackWhenSpare(ComeBackWhenSpare effect);
    }

    /**
     * Send a message; it may be lost.
     *
     * @param to the addressee
     * @param message the message
     */
    record Send(NodeId to, PeerMessage message) implements Effect {

        public Send {
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(message, "message");
        }

        @Override
        public void perform(Interpreter shell) {
            shell.send(this);
        }
    }

    /**
     * Answer a client's request. Every request is answered exactly once.
     *
     * @param request which
     * @param reply the answer
     */
    record Answer(RequestId request, Reply reply) implements Effect {

        public Answer {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(reply, "reply");
        }

        @Override
        public void perform(Interpreter shell) {
            shell.answer(this);
        }
    }

    /**
     * Tell the operator.
     *
     * @param severity how bad it is
     * @param text a full sentence: what happened, with which value, what to do
     */
    record Tell(Severity severity, String text) implements Effect {

        public Tell {
            Objects.requireNonNull(severity, "severity");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public void perform(Interpreter shell) {
            shell.tell(this);
        }
    }

    /**
     * Send clients' writes there from now on: the leader of the partition, in this data center or in all, is another one, as far as this
     * replica can tell; or the mode is.
     *
     * @param leader the leader; empty while none is known
     * @param mode who may originate
     */
    record NameLeader(Optional<NodeId> leader, ReplicationMode mode) implements Effect {

        public NameLeader {
            Objects.requireNonNull(leader, "leader");
            Objects.requireNonNull(mode, "mode");
        }

        @Override
        public void perform(Interpreter shell) {
            shell.nameLeader(this);
        }
    }

    /**
     * Read here from now on, or rather at another copy while there is one: this replica has caught up, or is behind since it is new, has just started and the others
     * of its data center had more, or joins a snapshot.
     *
     * @param caughtUp which of the two
     */
    record NoteCaughtUp(boolean caughtUp) implements Effect {

        @Override
        public void perform(Interpreter shell) {
            shell.noteCaughtUp(this);
        }
    }

    /**
     * Show that writes are acknowledged which fewer followers have than the epoch asks for, or no longer are.
     *
     * @param degraded which of the two
     */
    record NoteDegraded(boolean degraded) implements Effect {

        @Override
        public void perform(Interpreter shell) {
            shell.noteDegraded(this);
        }
    }

    /**
     * Tell those who follow the conflict journal that it has grown.
     *
     * @param conflict what was journaled
     */
    record Announce(JournaledConflict conflict) implements Effect {

        public Announce {
            Objects.requireNonNull(conflict, "conflict");
        }

        @Override
        public void perform(Interpreter shell) {
            shell.announce(this);
        }
    }

    /**
     * Tell those who follow maps that readers find something else at these keys than before: a write, here or elsewhere, a snapshot's merge or a repair has
     * changed what is visible there. A key is named once a step, however often the step has changed it.
     *
     * @param keys the keys, at least one, each once
     * @param upTo what a reader must have reached to see all of that; what stands for it in a session's token
     */
    record Publish(List<RecordKey> keys, VersionVector upTo) implements Effect {

        public Publish {
            keys = List.copyOf(keys);
            Objects.requireNonNull(upTo, "upTo");
        }

        @Override
        public void perform(Interpreter shell) {
            shell.publish(this);
        }
    }

    /** Tell the replica the time again as soon as can be: it has more to do than fits into a step. */
    record ComeBack() implements Effect {

        @Override
        public void perform(Interpreter shell) {
            shell.comeBack(this);
        }
    }

    /**
     * Give the replica spare time, soon and after what clients wait for: it has work to do that may take its time. Asked for by each step that leaves such work;
     * once for all of them is enough.
     */
    record ComeBackWhenSpare() implements Effect {

        @Override
        public void perform(Interpreter shell) {
            shell.comeBackWhenSpare(this);
        }
    }

    /** How much a message to the operator matters. */
    enum Severity {
        /** Part of normal life. */
        NOTICE,
        /** Something is off, and mends itself. */
        WARNING,
        /** Something stopped and needs a person. */
        ALARM
    }
}
