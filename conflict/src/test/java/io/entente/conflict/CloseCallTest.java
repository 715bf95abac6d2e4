package io.entente.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a resolver can learn about timestamps that are closer than clocks are right. */
class CloseCallTest {

    @Test
    void timestampsAreCloseUpToTheUncertaintyAndNoFurther() {
        assertThat(conflict(50, 1_000, 1_050).isCloseCall()).isTrue();
        assertThat(conflict(50, 1_000, 1_051).isCloseCall()).isFalse();
        assertThat(conflict(0, 1_000, 1_000).isCloseCall()).isTrue();
        assertThat(conflict(0, 1_000, 1_001).isCloseCall()).isFalse();
    }

    @Test
    void onlyTheLastWritersRivalsMakeACloseCall() {
        Conflict<String> conflict = conflict(50, 1_000, 1_010, 2_000);
        assertThat(conflict.isCloseCall()).isFalse();
        assertThat(conflict.areClose(
                        conflict.siblings().get(0), conflict.siblings().get(1)))
                .isTrue();
    }

    @Test
    void aHostTellsTheUncertaintyAndAResolverUsesIt() {
        ConflictResolver<String> careful =
                conflict -> conflict.isCloseCall() ? Resolution.keepAll() : Resolution.pick(conflict.lastWritten());
        GuardedResolver<String> guarded = GuardedResolver.of(careful).within(Duration.ofMillis(20));
        assertThat(guarded.resolve("map", "key", versions(1_000, 1_020))).isInstanceOf(Outcome.Siblings.class);
        assertThat(guarded.resolve("map", "key", versions(1_000, 1_021))).isInstanceOf(Outcome.Value.class);
        assertThat(GuardedResolver.of(careful).resolve("map", "key", versions(1_000, 1_020)))
                .isInstanceOf(Outcome.Value.class);
    }

    @Test
    void anUncertaintyIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conflict<>("map", "key", versions(1, 2), Optional.empty(), Duration.ofMillis(-1)))
                .withMessageContaining("must not be negative");
    }

    private static Conflict<String> conflict(long uncertaintyMillis, long... millis) {
        return new Conflict<>("map", "key", versions(millis), Optional.empty(), Duration.ofMillis(uncertaintyMillis));
    }

    private static List<Version<String>> versions(long... millis) {
        List<Version<String>> versions = new ArrayList<>();
        for (int i = 0; i < millis.length; i++) {
            Origin origin = new Origin("dc" + i, "n" + i, i + 1L, 0);
            versions.add(Version.of(new Dot(origin, 1), new HybridTimestamp(millis[i], 0), "v" + i));
        }
        return versions;
    }
}
