package io.entente.cluster.tls;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever is refused is told of, and can fill no disk with it. */
class RefusalLogTest {

    @Test
    void oneLineInAWhileSaysHowManyWereLeftOut() {
        Logger log = (Logger) LoggerFactory.getLogger(RefusalLog.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        log.addAppender(said);
        try {
            AtomicLong nanos = new AtomicLong();
            RefusalLog refusals = new RefusalLog(nanos::get);
            refusals.note("first\nERROR a line of the stranger's");
            refusals.note("second");
            refusals.note("third");
            nanos.addAndGet(Duration.ofSeconds(RefusalLog.EVERY_SECONDS).toNanos());
            refusals.note("x".repeat(10_000));
            assertThat(said.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("first?ERROR a line")
                                    .endsWith("(0 others refused since the last such line)"),
                            line -> assertThat(line)
                                    .hasSizeLessThan(500)
                                    .endsWith("… (2 others refused since the last such line)"));
        } finally {
            log.detachAppender(said);
        }
    }
}
