package io.entente.samples.demo.shell;

import io.entente.cluster.map.StoredMap;
import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.Sentences;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command of the shell. Its fields are its arguments; picocli fills them in before each run. */
abstract class ShellCommand {

    private static final long ANSWER_SECONDS = 20;

    private final ShellContext context;

    ShellCommand(ShellContext context) {
        this.context = context;
    }

    /** Does what the line asks; throws what {@link io.entente.samples.terminal.Sentences} can say when it fails. */
    abstract void run();

    /** Whether the last argument is the rest of the line, spaces included. */
    boolean takesRestOfLine() {
        return false;
    }

    /** A line that the command runs itself, and that is to be checked with it. */
    Optional<String> inner() {
        return Optional.empty();
    }

    /** Whether the shell ends after it. */
    boolean endsShell() {
        return false;
    }

    final ShellContext context() {
        return context;
    }

    final DemoCluster cluster() {
        return context.cluster().get();
    }

    /** A map as the node of that data center has it. */
    final StoredMap map(String dataCenter, String name) {
        return cluster().in(dataCenter).maps().stored(name);
    }

    /** Prints a line of results; {@code @|bold …|@} and the like become colours where these are wanted. */
    final void styled(String markup) {
        print(context.ansi().string(markup));
    }

    /** Prints a line of results as it is. */
    final void print(String line) {
        context.out().println(line);
        context.out().flush();
    }

    /** What the stage completes with; the wait can be interrupted. */
    static <T> T answer(CompletionStage<T> stage) {
        return answer(stage, Duration.ofSeconds(ANSWER_SECONDS));
    }

    /** The same for a request with a time of its own, which says more about why it came to nothing: it is waited for beyond that. */
    static <T> T answerTo(CompletionStage<T> stage, Duration timeout) {
        return answer(stage, timeout.plusSeconds(ANSWER_SECONDS));
    }

    /** The same, with other patience than usual. */
    static <T> T answer(CompletionStage<T> stage, Duration patience) {
        try {
            return stage.toCompletableFuture().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CompletionException(Sentences.unwrapped(e));
        }
    }
}
