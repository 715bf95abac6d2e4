package io.entente.cluster.replica;

import io.entente.core.codec.PeerMessageCodec;
import io.entente.core.effect.Effect;
import java.util.List;
import org.slf4j.Logger;

/** Performs a replica's effects: sends, answers, tells. Confined to its actor. */
final class Performer implements Effect.Interpreter {

    private final ReplicaShell shell;
    private final OpenReplies replies;
    private final Logger log;
    private final Runnable again;
    private final Runnable whenSpare;

    Performer(ReplicaShell shell, OpenReplies replies, Logger log, Runnable again, Runnable whenSpare) {
        this.shell = shell;
        this.replies = replies;
        this.log = log;
        this.again = again;
        this.whenSpare = whenSpare;
    }

    void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            effect.perform(this);
        }
    }

    @Override
    public void send(Effect.Send effect) {
        shell.linkTo(effect.to()).send(PeerMessageCodec.encode(effect.message()));
    }

    @Override
    public void answer(Effect.Answer effect) {
        replies.answer(effect.request(), effect.reply());
    }

    @Override
    public void comeBack(Effect.ComeBack effect) {
        again.run();
    }

    @Override
    public void comeBackWhenSpare(Effect.ComeBackWhenSpare effect) {
        whenSpare.run();
    }

    @Override
    public void nameLeader(Effect.NameLeader effect) {
        shell.leaderIs(effect.leader(), effect.mode());
    }

    @Override
    public void noteCaughtUp(Effect.NoteCaughtUp effect) {
        shell.caughtUp(effect.caughtUp());
    }

    @Override
    public void noteDegraded(Effect.NoteDegraded effect) {
        shell.degraded(effect.degraded());
    }

    @Override
    public void announce(Effect.Announce effect) {
        shell.conflictSeen();
    }

    @Override
    public void publish(Effect.Publish effect) {
        shell.changed(effect.keys(), effect.upTo());
    }

    @Override
    public void tell(Effect.Tell effect) {
        switch (effect.severity()) {
            case NOTICE -> log.info(effect.text());
            case WARNING -> log.warn(effect.text());
            case ALARM -> log.error(effect.text());
        }
    }
}
