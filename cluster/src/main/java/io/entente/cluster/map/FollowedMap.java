package io.entente.cluster.map;

import io.entente.cluster.feed.ChangeFeed;
import io.entente.cluster.feed.KeyChange;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.core.record.RecordKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Predicate;

/**
 * A map as its followers see it: the node's changes, of this map's keys, each with what is read there when it is told, by a replica that has
 * the change. Thread-safe; never blocks.
 */
public final class FollowedMap {

    private final StoredMap map;
    private final Optional<ChangeFeed> feed;

    FollowedMap(StoredMap map, Optional<ChangeFeed> feed) {
        this.map = map;
        this.feed = feed;
    }

    /** The map's name. */
    public String name() {
        return map.name();
    }

    /**
     * The map's changes from now on, or from a position on; the publisher may be subscribed to several times, each time from there. Its subscribers get events on
     * Entente's threads, must not block, and are completed when the node stops. One that is failed could not be told of a change, and may go on from the last
     * position.
     *
     * @throws NotAppliedException as {@link NotAppliedException.Reason#NOT_REMEMBERED} where the position can't be gone on from, and as
     *     {@link NotAppliedException.Reason#NOT_READY} where this node doesn't hear of all changes
     */
    public <E> Flow.Publisher<E> follow(ChangesRequest request, ChangeForm<E> form) {
        ChangesRequest valid = map.checked(request);
        return follow(feed(), valid, form);
    }

    /** The position from which a follower gets whatever comes after this call. */
    public String end() {
        return feed().end();
    }

    private ChangeFeed feed() {
        return feed.orElseThrow(() -> new NotAppliedException(
                Reason.INVALID_ARGUMENT,
                "the map " + name() + " of another data center can't be followed from here: ask a node there"));
    }

    private <E> Flow.Publisher<E> follow(ChangeFeed feed, ChangesRequest request, ChangeForm<E> form) {
        feed.obstacle().ifPresent(why -> {
            throw why;
        });
        String after = request.after().orElseGet(feed::end);
        if (!feed.reachesBackTo(after)) {
            throw new NotAppliedException(
                    Reason.NOT_REMEMBERED,
                    "the changes after '" + RequestRules.excerpt(after)
                            + "' are not remembered: they are too many or too old by now, or of a node that was restarted, or of another one."
                            + " Follow the map from now on, and read its pages then");
        }
        String name = map.name();
        String prefix = request.prefix();
        Predicate<RecordKey> wanted = prefix.isEmpty()
                ? key -> key.map().equals(name)
                : key -> key.map().equals(name) && key.key().startsWith(prefix);
        return feed.follow(after, wanted, new Telling<>(form));
    }

    private final class Telling<E> implements ChangeFeed.Form<E> {

        private final ChangeForm<E> form;

        private Telling(ChangeForm<E> form) {
            this.form = form;
        }

        @Override
        public CompletionStage<E> changed(KeyChange change, String position) {
            String key = change.key().key();
            ReadOptions upTo = ReadOptions.session(SessionToken.of(change.partition(), change.upTo()));
            return (map.type().isPresent()
                            ? map.readBriefly(key, upTo)
                            : map.read(key, upTo).thenApply(Optional::of))
                    .thenApply(reading -> form.changed(key, reading, position));
        }

        @Override
        public E missed(String position) {
            return form.missed(position);
        }

        @Override
        public E passed(String position) {
            return form.passed(position);
        }
    }
}
