package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.entente.cluster.http.auth.Caller;
import io.entente.cluster.http.auth.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is written down of operators' requests, and of strangers'. */
class AuditLogTest {

    private static final HttpRequest REQUEST = HttpRequest.POST("/admin/retire").withEntity("{}");
    private static final HttpResponse REFUSED =
            Problem.of(ProblemKind.UNAUTHENTICATED, "no").toResponse();

    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.LOGGER);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong();
    private final AuditLog audit = new AuditLog(nanos::get);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
    }

    @Test
    void aStrangerIsCalledThat() {
        audit.note(Optional.empty(), REQUEST, REFUSED);
        assertThat(messages())
                .containsExactly("nobody known from an unknown address: POST /admin/retire {}: 401 unauthenticated");
    }

    @Test
    void strangersDontFillTheLogAndAreCounted() {
        for (int i = 0; i < AuditLog.MOST_OF_STRANGERS + 5; i++) {
            audit.note(Optional.empty(), REQUEST, REFUSED);
        }
        assertThat(messages()).hasSize(AuditLog.MOST_OF_STRANGERS);
        audit.note(Optional.of(new Caller("ops", Role.OPERATOR)), REQUEST, HttpResponse.create());
        assertThat(messages()).last().asString().endsWith("ops from an unknown address: POST /admin/retire {}: 200");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        audit.note(Optional.empty(), REQUEST, REFUSED);
        assertThat(messages())
                .hasSize(AuditLog.MOST_OF_STRANGERS + 3)
                .contains("5 requests without a known token were refused and are not listed here");
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
