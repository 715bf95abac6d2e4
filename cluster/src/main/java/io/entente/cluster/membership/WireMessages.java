package io.entente.cluster.membership;

import io.entente.cluster.serialization.CborMessage;
import java.util.List;

/**
 * All control messages that nodes send each other: the closed list of what Jackson may make of bytes that come from the network. A test holds it
 * against the classes that are marked as {@link CborMessage}.
 */
public final class WireMessages {

    private static final List<Class<? extends CborMessage>> ALL =
            List.of(Hello.class, TopologyNews.class, ResolverNews.class, ClockQuestion.class, ClockAnswer.class);

    private WireMessages() {}

    /** Their classes. */
    public static List<Class<? extends CborMessage>> all() {
        return ALL;
    }
}
