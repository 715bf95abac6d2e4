package io.entente.samples.terminal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Leaves out what Akka says at every try, twice a second, to reach a seed: the node says it every few seconds itself. */
public final class RepeatedJoins extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean repeated = event.getLoggerName().startsWith("akka.cluster")
                && String.valueOf(event.getMessage()).contains("join seed nodes after");
        return repeated ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
