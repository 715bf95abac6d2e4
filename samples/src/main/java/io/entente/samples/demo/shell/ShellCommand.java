package io.entente.samples.demo.shell;

import io.entente.core.record.RecordKey;
import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.records.Records;
import io.entente.samples.demo.records.RouterRecords;
import io.entente.samples.terminal.MisuseException;
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

    final Records records(String dataCenter) {
        return new RouterRecords(cluster().in(dataCenter).require().router());
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

    /** Reads {@code map/key}: the key is all after the first slash. */
    static RecordKey key(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new MisuseException("'" + text + "' is no key: write map/key, such as users/alice");
        }
        return new RecordKey(text.substring(0, slash), text.substring(slash + 1));
    }
}
