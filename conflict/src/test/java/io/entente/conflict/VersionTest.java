package io.entente.conflict;

import static io.entente.conflict.Siblings.delete;
import static io.entente.conflict.Siblings.dot;
import static io.entente.conflict.Siblings.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.clock.HybridTimestamp;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void aVersionWithoutAValueIsADeletion() {
        Version<String> deletion = Version.deletion(dot("eu", 1), new HybridTimestamp(5, 0));
        Version<String> value = Version.of(dot("eu", 1), new HybridTimestamp(5, 0), "milk");

        assertThat(deletion.isDeletion()).isTrue();
        assertThat(value.isDeletion()).isFalse();
        assertThat(value.value()).contains("milk");
    }

    @Test
    void theDataCenterIsThatOfTheOriginUnlessSaidOtherwise() {
        HybridTimestamp time = new HybridTimestamp(5, 0);

        assertThat(Version.of(dot("eu", 1), time, "milk").dataCenter()).isEqualTo("eu");
        assertThat(new Version<>(dot("eu", 1), time, "us", Optional.of("milk")).dataCenter())
                .isEqualTo("us");
    }

    @Test
    void theCanonicalOrderIsByDotWhateverTheTime() {
        Version<String> first = put("eu", 1, 30, "late");
        Version<String> second = put("us", 2, 10, "early");

        assertThat(Stream.of(second, first).sorted(Version.byDot())).containsExactly(first, second);
    }

    @Test
    void theOrderOfTimeBreaksTiesByDot() {
        Version<String> late = put("eu", 1, 30, "late");
        Version<String> early = put("us", 2, 10, "early");
        Version<String> asEarly = delete("ap", 3, 10);

        assertThat(Stream.of(asEarly, late, early).sorted(Version.byTime())).containsExactly(early, asEarly, late);
    }
}
