package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.message.Registration;
import java.util.Objects;

/**
 * How a replica starts, and the randomness it needs for one life of its process.
 *
 * @param standing what is known about the store's past
 * @param incarnation the origin of every write made from now on; never used before by anybody
 * @param registration fresh random bits, used where the replica has to register anew
 * @param session fresh random bits that tell this start's subscriptions from earlier ones
 */
public record Start(Standing standing, Origin incarnation, Registration registration, long session) {

    public Start {
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(registration, "registration");
    }

    /** What is known about the store's past. */
    public enum Standing {
        /** The store is new and so is the cluster: there is nothing to have lost. */
        FOUNDED,
        /** It is proven that nothing was lost. */
        INTACT,
        /** The store is new, but the cluster may not be: the node may have been here before. */
        NEW,
        /** Something may have been lost. Like a new replica, this one originates nothing until it has caught up. */
        MAY_HAVE_LOST,
        /**
         * Something may have been lost, but it is known, from elsewhere than the store, that the node never met another one: nobody has what
         * it lost. So it originates again when none turns up for a while.
         */
        ALONE
    }
}
