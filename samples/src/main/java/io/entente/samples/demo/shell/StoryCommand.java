package io.entente.samples.demo.shell;

import io.entente.samples.demo.story.Stories;
import io.entente.samples.demo.story.Story;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.Sentences;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code story}: lists the stories, or plays one: its explanations, its commands, and what they print. */
@Command(
        name = "story",
        description =
                "Lists the stories, or plays one in this cluster: explanations, commands, and what they print.%n"
                        + "It begins with all nodes and links and a leader in each data center, deletes what is there of its keys, and puts all of that back at its end.")
final class StoryCommand extends ShellCommand {

    private static final int MOST_PAUSE = 60_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--pause", paramLabel = "MS", description = "Wait so long before each paragraph.")
    private int pauseMillis;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            arity = "0..1",
            defaultValue = Parameters.NULL_VALUE,
            completionCandidates = Names.class)
    private Optional<String> name = Optional.empty();

    StoryCommand(ShellContext context) {
        super(context);
    }

    /** What the Tab key offers. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stories.names().iterator();
        }
    }

    @Override
    void run() {
        name.ifPresentOrElse(one -> play(Stories.named(one), Math.min(MOST_PAUSE, pauseMillis)), this::list);
    }

    private void list() {
        Table table = new Table(context(), "story", "what it shows");
        Stories.all().forEach(story -> table.row(story.name(), story.title()));
        table.print();
    }

    private void play(Story story, int pause) {
        StoryStage stage = new StoryStage(cluster());
        stage.require(story);
        styled("@|bold " + story.name() + "|@");
        print(story.shows());
        if (stage.clear(story)) {
            styled("@|faint (What was there of its keys is deleted first.)|@");
        }
        // The commands are the registry's own, and so is this one: what it was asked for is kept here while they run.
        Interpreter interpreter = new Interpreter(spec.parent().commandLine());
        try {
            for (String line : story.lines()) {
                tell(line, interpreter, pause);
            }
        } catch (RuntimeException failed) {
            throw new FailureException(
                    "the story " + story.name() + " went another way: " + Sentences.oneLine(failed)
                            + ". In a demo of its own it goes as told: " + story.command(),
                    failed);
        } finally {
            stage.restore();
        }
        print("");
        styled("@|faint The end of " + story.name() + ".|@");
    }

    private void tell(String line, Interpreter interpreter, int pause) {
        if (Story.isExplanation(line)) {
            print(Story.explanation(line));
        } else if (line.isBlank()) {
            print("");
            pause(pause);
        } else {
            print(context().ansi().string("@|cyan > |@") + line);
            interpreter.run(line);
        }
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException("interrupted", e);
        }
    }
}
