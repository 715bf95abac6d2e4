package io.entente.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

class ResolutionTest {

    @Test
    void thereAreFourWaysToResolve() {
        Version<String> version = Siblings.put("eu", 1, 10, "milk");

        assertThat(Resolution.pick(version)).isEqualTo(new Resolution.Pick<>(version));
        assertThat(Resolution.merged("milk, bread")).isEqualTo(new Resolution.Merged<>("milk, bread"));
        assertThat(Resolution.deleted()).isEqualTo(new Resolution.Deleted<>());
        assertThat(Resolution.keepAll()).isEqualTo(new Resolution.KeepAll<>());
        assertThat(Resolution.class.getPermittedSubclasses()).hasSize(4);
    }

    @Test
    @NullUnmarked
    void aMergeToNullSaysWhatToDoInstead() {
        assertThatNullPointerException()
                .isThrownBy(() -> Resolution.merged(null))
                .withMessageContaining("resolve to deleted()");
        assertThatNullPointerException().isThrownBy(() -> Resolution.pick(null));
    }
}
