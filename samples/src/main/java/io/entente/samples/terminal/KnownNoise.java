package io.entente.samples.terminal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/** Leaves out what Akka logs and the program tells the user itself, in one sentence. */
public final class KnownNoise extends Filter<ILoggingEvent> {

    private static final List<String> TOLD_OTHERWISE = List.of(
            // At every try, twice a second; the node says every few seconds that it waits for a seed.
            "join seed nodes after",
            // The start fails with the port's name.
            "Bind failed for TCP channel",
            // A start that failed early ends the actor system while that is still starting.
            "Cluster node must not be terminated");

    @Override
    public FilterReply decide(ILoggingEvent event) {
        String message = String.valueOf(event.getFormattedMessage());
        boolean noise = event.getLoggerName().startsWith("akka.")
                && TOLD_OTHERWISE.stream().anyMatch(message::contains);
        return noise ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
