package io.entente.cluster.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.replica.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever asks for a replica's status is answered, or refused at once. */
class OpenQuestionsTest {

    private final OpenQuestions questions = new OpenQuestions();

    @Test
    void oneTooManyIsRefusedAtOnceAndTheOthersAreAnswered() {
        List<CompletableFuture<ReplicaStatus>> asked = new ArrayList<>();
        for (int i = 0; i <= OpenQuestions.MOST; i++) {
            asked.add(new CompletableFuture<>());
            questions.add(asked.get(i));
        }
        assertThat(asked.get(OpenQuestions.MOST)).isCompletedExceptionally();
        assertThat(asked).filteredOn(CompletableFuture::isDone).hasSize(1);

        IllegalStateException answer = new IllegalStateException("for the test");
        questions.answer(() -> {
            throw answer;
        });
        assertThat(asked).allMatch(CompletableFuture::isDone);
        CompletableFuture<ReplicaStatus> later = new CompletableFuture<>();
        questions.add(later);
        assertThat(later).isNotDone();
    }
}
