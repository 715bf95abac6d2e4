package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.clock.ClockReport.Verdict;
import io.entente.cluster.clock.ClockWatch;
import io.entente.core.message.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * Asks the other nodes of the cluster what their clocks show, answers them, and keeps the node's state and replicas informed of what
 * follows.
 * Confined to the node's actor.
 */
final class ClockExchange {

    /** How many questions may be open: an answer to an older one took too long to tell anything. */
    private static final int MOST_OPEN = 16;

    private final NodeSetup setup;
    private final Logger log;
    private final Consumer<Boolean> trust;
    private final ClockWatch watch;
    private final Deque<Long> open = new ArrayDeque<>();
    private final Map<NodeId, Long> otherLimits = new TreeMap<>();
    private Verdict told = Verdict.RIGHT;

    /**
     * @param setup the node
     * @param log the node's log
     * @param trust told each time whether the node's clock is right as far as anybody knows
     */
    ClockExchange(NodeSetup setup, Logger log, Consumer<Boolean> trust) {
        this.trust = trust;
        this.setup = setup;
        this.log = log;
        this.watch = new ClockWatch(setup.self(), setup.clock().limit());
    }

    /** Asks everybody who is known, and judges by what they answered before. */
    void ask() {
        ClockSetup.Reading now = look();
        Optional<String> cluster = setup.state().cluster();
        if (cluster.isPresent()) {
            open.addLast(now.nanos());
            if (open.size() > MOST_OPEN) {
                open.removeFirst();
            }
            NodeId self = setup.self();
            ClockQuestion question = new ClockQuestion(
                    cluster.get(),
                    self.dataCenter(),
                    self.node(),
                    now.nanos(),
                    setup.clock().limit().toMillis());
            setup.addresses().nodes().forEach(node -> tell(node, question));
        }
        judge(now);
    }

    void onQuestion(ClockQuestion question) {
        if (setup.isPeer(question.cluster(), question.sender())) {
            NodeId self = setup.self();
            tell(
                    question.sender(),
                    new ClockAnswer(
                            question.cluster(),
                            self.dataCenter(),
                            self.node(),
                            question.sentNanos(),
                            setup.clock().wallMillis().getAsLong()));
            compareLimits(question.sender(), question.limitMillis());
        }
    }

    void onAnswer(ClockAnswer answer) {
        ClockSetup.Reading now = look();
        if (setup.isPeer(answer.cluster(), answer.sender()) && open.contains(answer.sentNanos())) {
            watch.answered(answer.sender(), answer.sentNanos(), now.nanos(), answer.wallMillis());
            judge(now);
        }
    }

    /** Reads the clock. Where it has jumped, answers to questions from before tell nothing any more. */
    private ClockSetup.Reading look() {
        ClockSetup.Reading now = setup.clock().read();
        if (watch.look(now.nanos(), now.wallMillis())) {
            log.warn("the clock of node {} has jumped: it is compared with the others' anew", setup.self());
            open.clear();
        }
        return now;
    }

    private void tell(NodeId node, Object message) {
        setup.addresses().addressOf(node).ifPresent(address -> {
            ActorRef<Object> actor = setup.addresses().node(address);
            actor.tell(message);
        });
    }

    private void judge(ClockSetup.Reading now) {
        ClockReport report = watch.judge(
                now.nanos(), now.wallMillis(), setup.addresses().nodes().size());
        setup.state().clock(report);
        trust.accept(report.refusal().isEmpty());
        if (report.verdict() != told && report.verdict() != Verdict.UNCHECKED) {
            told = report.verdict();
            report.refusal().ifPresent(log::error);
            report.warning().ifPresent(log::warn);
            if (told == Verdict.RIGHT) {
                log.info("the clock of node {} agrees with the others' again", setup.self());
            }
        }
    }

    /** Resolvers are told of close timestamps by it, so nodes that differ may resolve differently. */
    private void compareLimits(NodeId node, long limitMillis) {
        long own = setup.clock().limit().toMillis();
        Long before = otherLimits.put(node, limitMillis);
        if (limitMillis != own && !Long.valueOf(limitMillis).equals(before)) {
            log.warn(
                    "node {} has entente.max-clock-drift = {} ms and this node {} ms: give all nodes the same",
                    node,
                    limitMillis,
                    own);
        }
    }
}
