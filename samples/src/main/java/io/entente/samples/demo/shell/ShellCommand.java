package io.entente.samples.demo.shell;

import io.entente.cluster.map.StoredMap;
import io.entente.samples.demo.cluster.DemoCluster;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

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

    static <T> T answer(CompletionStage<T> answer) {
        return answer.toCompletableFuture()
                .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
