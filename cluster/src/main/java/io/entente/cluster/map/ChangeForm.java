package io.entente.cluster.map;

import java.util.Optional;

/**
 * How a surface tells those who follow a map of its changes. Called on Entente's threads; must not block. See {@link Change} for what is told.
 *
 * @param <E> the type of events
 */
public interface ChangeForm<E> {

    /**
     * A key has changed.
     *
     * @param key the key
     * @param reading what is found there; empty for a mergeable value of more than {@value StoredMap#BRIEF_BYTES} bytes, which is not told
     * @param position where to go on
     */
    E changed(String key, Optional<Reading> reading, String position);

    /** Changes were forgotten before they could be told. */
    E missed(String position);

    /** Many changes of other keys were passed over. */
    E passed(String position);
}
