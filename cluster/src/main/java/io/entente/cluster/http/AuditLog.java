package io.entente.cluster.http;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.entente.cluster.http.auth.Caller;
import io.entente.cluster.settings.Secrets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what operators do, and what was refused them: who, from where, what, with which outcome; one line each, by the logger {@value #LOGGER},
 * which can be given an appender of its own.
 *
 * <p>Of requests without a known token so many a second are written that nobody can fill the disk with them; the next line says how many were left
 * out. Thread-safe.
 */
final class AuditLog {

    static final String LOGGER = "io.entente.audit";

    /** How many requests of strangers are written a second. */
    static final int MOST_OF_STRANGERS = 10;

    private static final String STRANGER = "nobody known";
    private static final int SHOWN_TARGET = 300;
    private static final int SHOWN_BODY = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private final LongSupplier nanos;
    private long secondBeganNanos;
    private int ofStrangers;
    private int leftOut;

    /** @param nanos the monotonic clock */
    AuditLog(LongSupplier nanos) {
        this.nanos = nanos;
        this.secondBeganNanos = nanos.getAsLong();
    }

    /**
     * Notes a request that was answered.
     *
     * @param caller who asked, if that is known
     * @param request the request, its body in one piece as far as it has been read
     */
    void note(Optional<Caller> caller, HttpRequest request, HttpResponse answer) {
        if (caller.isPresent() || mayNoteStranger()) {
            String name = caller.map(Caller::name).orElse(STRANGER);
            LOG.info(
                    "{} from {}: {} {} {}: {}",
                    name,
                    address(request),
                    request.method().name(),
                    shown(RequestTarget.of(request).raw(), SHOWN_TARGET),
                    body(request),
                    outcome(answer));
        }
    }

    private synchronized boolean mayNoteStranger() {
        long now = nanos.getAsLong();
        if (now - secondBeganNanos >= TimeUnit.SECONDS.toNanos(1)) {
            if (leftOut > 0) {
                LOG.warn("{} requests without a known token were refused and are not listed here", leftOut);
            }
            secondBeganNanos = now;
            ofStrangers = 0;
            leftOut = 0;
        }
        if (ofStrangers == MOST_OF_STRANGERS) {
            leftOut++;
            return false;
        }
        ofStrangers++;
        return true;
    }

    private static String address(HttpRequest request) {
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(address -> address.getAddress().map(host -> host.getHostAddress() + ":" + address.getPort()))
                .orElse("an unknown address");
    }

    private static String body(HttpRequest request) {
        return request.entity() instanceof HttpEntity.Strict strict
                ? shown(strict.getData().utf8String(), SHOWN_BODY)
                : "(a body that was not read)";
    }

    /** Without line breaks, which would let a caller write lines of their own, and without secrets sent by mistake. */
    private static String shown(String text, int most) {
        return Quote.shortened(Secrets.hiddenIn(text), most);
    }

    /** The status, and a problem's code. */
    private static String outcome(HttpResponse answer) {
        int status = answer.status().intValue();
        if (status >= 400 && answer.entity() instanceof HttpEntity.Strict problem) {
            try {
                String code =
                        Json.tree(problem.getData().toArray()).path("code").asText();
                return status + " " + code;
            } catch (JsonProcessingException noProblem) {
                return Integer.toString(status);
            }
        }
        return Integer.toString(status);
    }
}
