package io.entente.cluster.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.map.Change;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A stream of server-sent events, line by line, as a map's changes: no line is read before somebody asks for what comes next, so the node holds a slow
 * one's changes, and not this client. One connection; it begins when the node's answer does.
 *
 * @param <V> the type of values
 */
final class ChangeLines<V> implements Flow.Subscriber<String>, Flow.Subscription {

    private final FoundForms<V> forms;
    private final Flow.Subscriber<? super Change<V>> subscriber;
    private Flow.@Nullable Subscription lines;
    private long demand;
    private boolean ended;
    private String event = "";
    private String position = "";
    private String data = "";

    ChangeLines(FoundForms<V> forms, Flow.Subscriber<? super Change<V>> subscriber) {
        this.forms = forms;
        this.subscriber = subscriber;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription subscription) {
        lines = subscription;
        if (ended) {
            subscription.cancel();
        } else if (demand > 0) {
            subscription.request(1);
        }
    }

    @Override
    public synchronized void request(long count) {
        if (count < 1) {
            end(new IllegalArgumentException("a follower must ask for at least one event"));
            return;
        }
        boolean waited = demand == 0;
        demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
        if (waited && lines != null && !ended) {
            lines.request(1);
        }
    }

    @Override
    public synchronized void cancel() {
        ended = true;
        if (lines != null) {
            lines.cancel();
        }
    }

    @Override
    public void onNext(String line) {
        Optional<Change<V>> change = take(line);
        change.ifPresent(subscriber::onNext);
        synchronized (this) {
            demand -= change.isPresent() && demand != Long.MAX_VALUE ? 1 : 0;
            if (demand > 0 && lines != null && !ended) {
                lines.request(1);
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The way to the node is broken, or the node has stopped: whoever follows goes on from the last position, there
        // or elsewhere.
        end(null);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    /** Tells the subscriber that nothing more comes, or why nothing came. */
    void end(@Nullable Throwable why) {
        synchronized (this) {
            if (ended) {
                return;
            }
            cancel();
        }
        if (why == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(why);
        }
    }

    /** Whether some node sends events, or did. */
    synchronized boolean hasBegun() {
        return lines != null || ended;
    }

    /** The change that a line ends, if it does. */
    private Optional<Change<V>> take(String line) {
        if (line.startsWith("event: ")) {
            event = line.substring("event: ".length());
        } else if (line.startsWith("id: ")) {
            position = line.substring("id: ".length());
        } else if (line.startsWith("data: ")) {
            data = line.substring("data: ".length());
        } else if (line.isEmpty() && !position.isEmpty()) {
            Change<V> change = change();
            event = "";
            position = "";
            data = "";
            return Optional.of(change);
        }
        return Optional.empty();
    }

    private Change<V> change() {
        if (event.equals("reset")) {
            return new Change.Missed<>(position);
        }
        if (data.isEmpty()) {
            return new Change.Passed<>(position);
        }
        JsonNode entry = Answer.json(data);
        return forms.change(entry, position);
    }
}
