package io.entente.samples.demo.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void spacesOfAnyNumberPartWords() {
        assertThat(Words.of("  cut   eu\tus ").words()).containsExactly("cut", "eu", "us");
        assertThat(Words.of("   ").words()).isEmpty();
    }

    @Test
    void theLastWordMayBeTheRestOfTheLineSpacesIncluded() {
        assertThat(Words.of("eu users/alice  {\"a\": 1,  \"b\": 'x'} ", 3).words())
                .containsExactly("eu", "users/alice", "{\"a\": 1,  \"b\": 'x'}");
        assertThat(Words.of("eu users/alice", 3).words()).containsExactly("eu", "users/alice");
    }

    @Test
    void aCommentBeginsAtAWordAndNotInsideOne() {
        assertThat(Words.of("cut eu us # both ways").beforeComment().words()).containsExactly("cut", "eu", "us");
        assertThat(Words.of("get eu users/#1").beforeComment().words()).containsExactly("get", "eu", "users/#1");
    }
}
