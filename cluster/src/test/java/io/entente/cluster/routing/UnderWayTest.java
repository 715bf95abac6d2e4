package io.entente.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a node takes in at once, and that every place is given up again. */
class UnderWayTest {

    private static final Reply ANSWER = new Refused(Refusal.NOT_REACHED, "for the test");

    private final UnderWay underWay = UnderWay.atReplicas(2);

    @Test
    void aPartitionTakesItsNumberOfRequestsAndEachAnswerMakesRoomForOne() {
        List<CompletableFuture<Reply>> taken = new ArrayList<>();
        for (int i = 0; i < UnderWay.PER_PARTITION; i++) {
            taken.add(taken(0, 10));
        }
        refused(0, 10);
        fits(1, 10);
        taken.get(7).complete(ANSWER);
        fits(0, 10);
        refused(0, 10);
        taken.get(8).completeExceptionally(new IllegalStateException("for the test"));
        fits(0, 10);
        refused(0, 10);
    }

    @Test
    void aNodeTakesItsNumberOfBytesButAlwaysOneValue() {
        CompletableFuture<Reply> huge = taken(0, 2 * UnderWay.MOST_BYTES);
        refused(1, 1);
        huge.complete(ANSWER);
        fits(1, UnderWay.MOST_BYTES - 1);
        fits(0, 1);
        refused(0, 1);
    }

    @Test
    void aNodeReadsItsNumberOfListings() {
        List<CompletableFuture<?>> pages = new ArrayList<>();
        for (int i = 0; i < UnderWay.MOST_LISTINGS; i++) {
            CompletableFuture<?> page = new CompletableFuture<>();
            assertThat(underWay.enterListing(page)).isEmpty();
            pages.add(page);
        }
        CompletableFuture<?> late = new CompletableFuture<>();
        assertThat(underWay.enterListing(late)).hasValueSatisfying(UnderWayTest::isOverload);
        pages.get(3).cancel(false);
        assertThat(underWay.enterListing(late)).isEmpty();
    }

    @Test
    void whatIsUnderWayWhenTheNodeEndsIsUnknownAndWhatComesLaterIsNotApplied() {
        CompletableFuture<Reply> open = taken(0, 10);
        underWay.close();
        CompletableFuture<Reply> late = taken(0, 10);
        assertThat(open.handle((reply, failure) -> ((RequestFailedException) failure).outcome()))
                .isCompletedWithValue(Outcome.UNKNOWN);
        assertThat(late.handle((reply, failure) -> ((RequestFailedException) failure).outcome()))
                .isCompletedWithValue(Outcome.NOT_APPLIED);
    }

    private void fits(int partition, long bytes) {
        assertThat(taken(partition, bytes)).isNotDone();
    }

    private CompletableFuture<Reply> taken(int partition, long bytes) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        assertThat(underWay.enter(partition, bytes, reply)).isEmpty();
        return reply;
    }

    private void refused(int partition, long bytes) {
        Optional<RequestFailedException> refusal = underWay.enter(partition, bytes, new CompletableFuture<>());
        assertThat(refusal).hasValueSatisfying(UnderWayTest::isOverload);
    }

    private static void isOverload(RequestFailedException refusal) {
        assertThat(refusal.kind()).isEqualTo(RequestFailedException.Cause.OVERLOADED);
        assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    }
}
