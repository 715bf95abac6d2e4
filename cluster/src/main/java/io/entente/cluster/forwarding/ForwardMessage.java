package io.entente.cluster.forwarding;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.routing.Router;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.message.ReplicationMode;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What nodes say to each other about clients' and operators' requests.
 *
 * <pre>
 * ForwardMessage
 * ├─ Write, Read, ReadParts, List          a client's request
 * ├─ Look, SetLink, Begin, Vote            an operator's
 * └─ Replied, Listed, Seen, Done, Failed   its answer, once
 * </pre>
 */
sealed interface ForwardMessage {

    /** Names the request among those of its sender's process. */
    long id();

    /** Lets the handler treat this message by its kind. */
    void dispatch(Handler handler);

    /** One method a kind of message. */
    interface Handler {
        void onWrite(Write message);

        void onRead(Read message);

        void onReadParts(ReadParts message);

        void onList(List message);

        void onLook(Look message);

        void onSetLink(SetLink message);

        void onBegin(Begin message);

        void onVote(Vote message);

        void onReplied(Replied message);

        void onListed(Listed message);

        void onSeen(Seen message);

        void onDone(Done message);

        void onFailed(Failed message);
    }

    /**
     * Write at your replica.
     *
     * @param id names the request
     * @param request the write, with the time that is left for it
     */
    record Write(long id, Router.Write request) implements ForwardMessage {

        public Write {
            Objects.requireNonNull(request, "request");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onWrite(this);
        }
    }

    /**
     * Read from your replica, whoever leads.
     *
     * @param id names the request
     * @param request the read, with the time that is left for it
     */
    record Read(long id, Router.Read request) implements ForwardMessage {

        public Read {
            Objects.requireNonNull(request, "request");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onRead(this);
        }
    }

    /**
     * Read parts of a mergeable value from your store.
     *
     * @param id names the request
     * @param request the read, with the time that is left for it
     */
    record ReadParts(long id, Router.PartsRead request) implements ForwardMessage {

        public ReadParts {
            Objects.requireNonNull(request, "request");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onReadParts(this);
        }
    }

    /**
     * List some of your partitions.
     *
     * @param id names the request
     * @param request what to list
     * @param of of which partitions
     */
    record List(long id, Router.ListRequest request, Partitions of) implements ForwardMessage {

        public List {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(of, "of");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onList(this);
        }
    }

    /**
     * Say how you see the cluster.
     *
     * @param id names the request
     */
    record Look(long id) implements ForwardMessage {

        @Override
        public void dispatch(Handler handler) {
            handler.onLook(this);
        }
    }

    /**
     * Cut or mend your use of a link.
     *
     * @param id names the request
     * @param from the data center messages come from
     * @param to the data center they go to
     * @param cut whether they are to be dropped
     */
    record SetLink(long id, String from, String to, boolean cut) implements ForwardMessage {

        public SetLink {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onSetLink(this);
        }
    }

    /**
     * Have some of your replicas begin an epoch.
     *
     * @param id names the request
     * @param of of which partitions
     * @param mode the new mode; empty for the present one, led by you
     * @param timeout how long the others may take to agree
     */
    record Begin(long id, Partitions of, Optional<ReplicationMode> mode, Duration timeout) implements ForwardMessage {

        public Begin {
            Objects.requireNonNull(of, "of");
            Objects.requireNonNull(mode, "mode");
            Objects.requireNonNull(timeout, "timeout");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onBegin(this);
        }
    }

    /**
     * Have some of your replicas change who votes.
     *
     * @param id names the request
     * @param of of which partitions
     * @param voters the names of all who are to vote
     * @param timeout how long it may take
     */
    record Vote(long id, Partitions of, SortedSet<String> voters, Duration timeout) implements ForwardMessage {

        public Vote {
            Objects.requireNonNull(of, "of");
            voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
            Objects.requireNonNull(timeout, "timeout");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onVote(this);
        }
    }

    /**
     * What the replica replied.
     *
     * @param id names the request
     * @param reply the reply
     */
    record Replied(long id, Reply reply) implements ForwardMessage {

        public Replied {
            Objects.requireNonNull(reply, "reply");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onReplied(this);
        }
    }

    /**
     * A page.
     *
     * @param id names the request
     * @param page the page
     */
    record Listed(long id, Router.Listing page) implements ForwardMessage {

        public Listed {
            Objects.requireNonNull(page, "page");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onListed(this);
        }
    }

    /**
     * The cluster as the node sees it.
     *
     * @param id names the request
     * @param json what its {@code /cluster} answers
     */
    record Seen(long id, Bytes json) implements ForwardMessage {

        public Seen {
            Objects.requireNonNull(json, "json");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onSeen(this);
        }
    }

    /**
     * It is done.
     *
     * @param id names the request
     */
    record Done(long id) implements ForwardMessage {

        @Override
        public void dispatch(Handler handler) {
            handler.onDone(this);
        }
    }

    /**
     * No replica replied.
     *
     * @param id names the request
     * @param outcome what is known of the write
     * @param kind why there was no reply
     * @param why a full sentence
     */
    record Failed(long id, Outcome outcome, RequestFailedException.Cause kind, String why) implements ForwardMessage {

        public Failed {
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(why, "why");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onFailed(this);
        }
    }
}
