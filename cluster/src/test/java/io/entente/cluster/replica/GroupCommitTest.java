package io.entente.cluster.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFencedException;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.CommitFault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Laws of committing together. */
@Timeout(60)
class GroupCommitTest {

    private final GatedStore store = new GatedStore();

    @Test
    void whatWaitsTogetherIsCommittedAsOne() {
        try (GroupCommit commits = new GroupCommit(store, "eu-1", 8)) {
            store.hold();
            CompletionStage<Void> first = commits.commit(batch("a"));
            store.awaitCommit();
            List<CompletionStage<Void>> others = List.of(commits.commit(batch("b")), commits.commit(batch("c")));
            store.release();
            join(first);
            others.forEach(GroupCommitTest::join);
            assertThat(store.commits()).isEqualTo(2);
            assertThat(store.get(Table.META, Bytes.utf8("c"))).isPresent();
        }
    }

    @Test
    void nothingIsDoneBeforeItsCommitReturned() {
        try (GroupCommit commits = new GroupCommit(store, "eu-1", 8)) {
            store.hold();
            CompletionStage<Void> done = commits.commit(batch("a"));
            store.awaitCommit();
            assertThat(done.toCompletableFuture()).isNotDone();
            store.release();
            join(done);
        }
    }

    @Test
    void aFullQueueRefusesWithoutThrowing() {
        try (GroupCommit commits = new GroupCommit(store, "eu-1", 2)) {
            store.hold();
            List<CompletionStage<Void>> taken = new ArrayList<>(List.of(commits.commit(batch("a"))));
            store.awaitCommit();
            taken.add(commits.commit(batch("b")));
            taken.add(commits.commit(batch("c")));
            CompletionStage<Void> refused = commits.commit(batch("d"));
            assertRefused(refused, "2 batches wait");
            store.release();
            taken.forEach(GroupCommitTest::join);
            assertThat(store.get(Table.META, Bytes.utf8("d"))).isEmpty();
        }
    }

    @Test
    void afterAFailedCommitNothingIsCommittedAnyMore() {
        try (GroupCommit commits = new GroupCommit(store, "eu-1", 8)) {
            store.memory().failNextCommit(CommitFault.KEEPS_THE_BATCH);
            assertThatThrownBy(() -> join(commits.commit(batch("a"))))
                    .hasCauseInstanceOf(StoreException.class)
                    .cause()
                    .asInstanceOf(InstanceOfAssertFactories.throwable(StoreException.class))
                    .matches(e -> e.mayExist(), "says whether the batch may exist");
            assertThatThrownBy(() -> join(commits.commit(batch("b")))).hasCauseInstanceOf(StoreFencedException.class);
        }
    }

    @Test
    void anErrorOfTheStoreLeavesNobodyWaitingAndFencesToo() {
        try (GroupCommit commits = new GroupCommit(store, "eu-1", 8)) {
            store.throwOnce(new UnsatisfiedLinkError("no native library"));
            assertThatThrownBy(() -> join(commits.commit(batch("a")))).hasCauseInstanceOf(UnsatisfiedLinkError.class);
            assertThatThrownBy(() -> join(commits.commit(batch("b")))).hasCauseInstanceOf(StoreFencedException.class);
            assertThat(store.get(Table.META, Bytes.utf8("b"))).isEmpty();
        }
    }

    @Test
    void closingCommitsWhatWaitsAndRefusesWhatComesLater() {
        GroupCommit commits = new GroupCommit(store, "eu-1", 8);
        store.hold();
        CompletionStage<Void> first = commits.commit(batch("a"));
        store.awaitCommit();
        CompletionStage<Void> waiting = commits.commit(batch("b"));
        CompletableFuture<Void> closed = CompletableFuture.runAsync(commits::close);
        store.release();
        closed.orTimeout(30, TimeUnit.SECONDS).join();
        join(first);
        join(waiting);
        assertRefused(commits.commit(batch("c")), "has stopped");
        commits.close();
    }

    private static void assertRefused(CompletionStage<Void> refused, String why) {
        assertThatThrownBy(() -> join(refused))
                .hasMessageContaining(why)
                .cause()
                .asInstanceOf(InstanceOfAssertFactories.throwable(StoreException.class))
                .matches(e -> !e.mayExist(), "says that the batch does not exist");
    }

    private static void join(CompletionStage<Void> done) throws CompletionException {
        done.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static WriteBatch batch(String key) {
        return new WriteBatch().put(Table.META, Bytes.utf8(key), Bytes.utf8("v"));
    }
}
