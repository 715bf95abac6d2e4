package io.entente.cluster.replica;

import io.entente.core.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a replica was last told of the world around it, by kind of event, for the next one that is recovered in its place. Confined to its actor.
 */
final class Situation {

    private final Map<Class<?>, Event> latest = new LinkedHashMap<>();

    void note(Event event) {
        latest.put(event.getClass(), event);
    }

    /** What stands, in the order in which it was first told. */
    List<Event> events() {
        return new ArrayList<>(latest.values());
    }
}
