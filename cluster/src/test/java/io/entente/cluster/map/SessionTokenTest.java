package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.codec.MalformedTokenException;
import org.junit.jupiter.api.Test;

/** What a session has seen only grows. */
class SessionTokenTest {

    private static final Origin EU = new Origin("eu", "eu-1", 1, 1);
    private static final Origin US = new Origin("us", "us-1", 2, 2);

    private final SessionToken one = SessionToken.of(0, VersionVector.of(EU, 3));
    private final SessionToken other =
            SessionToken.of(0, VersionVector.of(US, 5)).merge(SessionToken.of(7, VersionVector.of(EU, 1)));

    @Test
    void mergedSessionsHaveSeenWhatEitherHas() {
        SessionToken merged = one.merge(other);
        assertThat(merged).isEqualTo(other.merge(one)).isEqualTo(merged.merge(one));
        assertThat(merged.vector(0)).isEqualTo(VersionVector.of(EU, 3).join(VersionVector.of(US, 5)));
        assertThat(merged.vector(7)).isEqualTo(VersionVector.of(EU, 1));
        assertThat(merged.vector(1)).isEqualTo(VersionVector.empty());
        assertThat(SessionToken.empty().merge(one)).isEqualTo(one);
    }

    @Test
    void aSessionSurvivesItsText() {
        SessionToken merged = one.merge(other);
        assertThat(SessionToken.parse(merged.text())).isEqualTo(merged);
        assertThat(SessionToken.parse(SessionToken.empty().text())).isEqualTo(SessionToken.empty());
        assertThatExceptionOfType(MalformedTokenException.class).isThrownBy(() -> SessionToken.parse("x"));
    }

    @Test
    void aPartitionThatNoClusterHasIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionToken.of(-1, VersionVector.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> SessionToken.of(1_024, VersionVector.empty()));
    }
}
