package io.entente.conflict.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.Conflict;
import io.entente.conflict.Resolvers;
import io.entente.conflict.Version;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History<String> history = History.<String>empty()
            .put("eu", 1, "a")
            .bring("eu", "us")
            .put("us", 2, "b")
            .delete("eu", 3);

    @Test
    void aHistoryReadsLikeAStory() {
        assertThat(history.story()).isEqualTo("""
                  at 1 ms eu writes a
                  us hears what eu has
                  at 2 ms us writes b
                  at 3 ms eu deletes the key
                """);
    }

    @Test
    void whatNoOtherWriteHasSeenIsInConflict() {
        Conflict<String> conflict = Play.of(history, Resolvers::<String>lastWriterWins, false)
                .conflict()
                .orElseThrow();
        assertThat(conflict.siblings()).hasSize(2);
        assertThat(conflict.live()).extracting(Version::dataCenter).containsExactly("us");
    }

    @Test
    void theDrawsOfASeedNeverChange() {
        Draws draws = new Draws(0);
        assertThat(draws.bits()).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(new Draws(5).between(3, 3)).isEqualTo(3);
    }
}
