package io.entente.samples.demo.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.samples.terminal.MisuseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The stories are the scripts, all of them. */
class StoriesTest {

    @Test
    void everyScriptIsAStory() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("scripts"))) {
            List<String> scripts = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".txt"))
                    .map(file -> file.substring(0, file.length() - ".txt".length()))
                    .toList();
            assertThat(Stories.names())
                    .containsExactlyInAnyOrderElementsOf(scripts)
                    .doesNotHaveDuplicates();
        }
        assertThat(Stories.all()).allSatisfy(story -> {
            assertThat(story.title()).endsWith(".").doesNotContain("samples/demo");
            assertThat(story.lines()).anyMatch(Story::isExplanation);
        });
    }

    @Test
    void oneStoryAloneNeedsADemoOfItsOwn() {
        assertThat(Stories.all().stream()
                        .filter(story -> !Stories.needsMapsAlone(story) || story.nodesPerDataCenter() > 1)
                        .map(Story::name))
                .containsExactly("sloppy-quorum");
    }

    @Test
    void theDemoHasTheMapsOfAllOthersAndWhatIsConfiguredWins() {
        Config own = Stories.withMaps(ConfigFactory.parseString("entente.maps.members.resolver = max"));
        assertThat(own.getString("entente.maps.members.resolver")).isEqualTo("max");
        assertThat(own.hasPath("entente.maps.members.priority")).isFalse();
        assertThat(own.getString("entente.maps.baskets.resolver")).isEqualTo("keep-all");
        assertThat(own.getInt("entente.maps.photos.n")).isEqualTo(3);
        assertThat(own.hasPath("entente.mode")).isFalse();
    }

    @Test
    void aStoryKnowsTheKeysThatItWritesAndHowItIsRun() {
        assertThat(Stories.named("mergeable").keys())
                .containsExactlyInAnyOrder(
                        "counters/visits", "sets/tags", "flags/open", "registers/mood", "documents/ann");
        assertThat(Stories.all()).allSatisfy(story -> {
            assertThat(story.keys()).isNotEmpty().allMatch(key -> key.matches("[a-z]+/.+"));
            assertThat(Files.readString(Path.of("scripts", story.name() + ".txt")))
                    .contains(story.command());
        });
    }

    @Test
    void thereIsNoOtherStory() {
        assertThatThrownBy(() -> Stories.named("../secret"))
                .isInstanceOf(MisuseException.class)
                .hasMessage("there is no story '../secret': 'story' lists all");
    }
}
