package io.entente.samples.demo.shell;

import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.cluster.DemoNode;
import io.entente.samples.demo.story.Stories;
import io.entente.samples.demo.story.Story;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.Sentences;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
                        + "A story is told once in a cluster: told again it finds what it wrote before. Afterwards links are healed, and killed nodes started.")
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
        requireTerms(story);
        styled("@|bold " + story.name() + "|@");
        print(story.shows());
        // The commands are the registry's own, and so is this one: what it was asked for is kept here while they run.
        Interpreter interpreter = new Interpreter(spec.parent().commandLine());
        try {
            for (String line : story.lines()) {
                tell(line, interpreter, pause);
            }
        } catch (RuntimeException failed) {
            throw new FailureException(
                    "the story " + story.name() + " went another way: " + Sentences.oneLine(failed), failed);
        } finally {
            tidy();
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

    private void requireTerms(Story story) {
        DemoCluster cluster = cluster();
        int nodes = cluster.nodes().size() / DemoCluster.DATA_CENTERS.size();
        if (!Stories.needsMapsAlone(story) || story.nodesPerDataCenter() != nodes) {
            throw new FailureException("the story " + story.name() + " needs a demo of its own: samples/demo"
                    + (story.nodesPerDataCenter() == 1 ? "" : " --nodes-per-dc " + story.nodesPerDataCenter())
                    + (story.configuration().isEmpty() ? "" : " --config " + story.configuration())
                    + " --script samples/scripts/" + story.name() + ".txt");
        }
        List<String> dead = dead(cluster);
        if (!dead.isEmpty()) {
            throw new FailureException("a story begins with all nodes: 'start " + String.join(" ", dead) + "' first");
        }
    }

    /** Whatever came of it, the next story finds all links and nodes. */
    private void tidy() {
        DemoCluster cluster = cluster();
        cluster.healAll();
        List<String> dead = dead(cluster);
        if (!dead.isEmpty()) {
            cluster.start(dead, what -> {});
        }
    }

    private static List<String> dead(DemoCluster cluster) {
        List<String> dead = new ArrayList<>();
        for (DemoNode node : cluster.nodes()) {
            if (!node.isLive()) {
                dead.add(node.name());
            }
        }
        return dead;
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
