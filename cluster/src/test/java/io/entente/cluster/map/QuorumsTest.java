package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How many copies requests count on: the map's wish before the mode's, the request's before both. */
class QuorumsTest {

    private static final int THERE = 3;

    @Test
    void withoutAWishTheNearestReplicaIsEnough() {
        Quorums quorums = of("");
        assertThat(quorums.reading("any").concern()).isEqualTo(ReadConcern.local());
        assertThat(quorums.writing("any").concern()).isEqualTo(WriteConcern.async());
    }

    @Test
    void theModeHasQuorumsAndAMapMayHaveOthers() {
        Quorums quorums = of(
                "mode = leaderless, leaderless.w = 2, maps.carts { w = 1, r = 3 }, maps.hits.type = counter, maps.hits.r = local-quorum");
        assertThat(quorums.writing("any").concern()).isEqualTo(WriteConcern.replicas(2));
        assertThat(quorums.reading("any").concern()).isEqualTo(ReadConcern.quorum());
        assertThat(quorums.writing("carts").concern()).isEqualTo(WriteConcern.replicas(1));
        assertThat(quorums.reading("carts").concern()).isEqualTo(ReadConcern.replicas(3));
        assertThat(quorums.reading("hits").concern()).isEqualTo(ReadConcern.localQuorum());
        assertThat(quorums.writing("hits").concern()).isEqualTo(WriteConcern.replicas(2));
    }

    @Test
    void theModesQuorumsAreOfThatModeAlone() {
        Quorums quorums = of("leaderless.w = 2, maps.carts.r = 2");
        assertThat(quorums.writing("carts").concern()).isEqualTo(WriteConcern.async());
        assertThat(quorums.reading("carts").concern()).isEqualTo(ReadConcern.replicas(2));
    }

    @Test
    void theModeThatIsInForceHasItsQuorumsWhateverIsConfigured() {
        AtomicBoolean leaderless = new AtomicBoolean();
        EntenteSettings settings = EntenteSettings.from(
                ConfigFactory.parseString("entente { leaderless { w = 2, r = 3 }, maps.carts.r = 1 }"));
        Quorums quorums = new Quorums(map -> settings.quorums(map, leaderless.get()), partition -> THERE);
        assertThat(quorums.writing("any").concern()).isEqualTo(WriteConcern.async());
        leaderless.set(true);
        assertThat(quorums.writing("any").concern()).isEqualTo(WriteConcern.replicas(2));
        assertThat(quorums.reading("any").concern()).isEqualTo(ReadConcern.replicas(3));
        assertThat(quorums.reading("carts").concern()).isEqualTo(ReadConcern.replicas(1));
        leaderless.set(false);
        assertThat(quorums.reading("any").concern()).isEqualTo(ReadConcern.local());
    }

    @Test
    void anotherNumberOfCopiesIsRefusedWithARemedy() {
        Quorums quorums = of("mode = leaderless, leaderless.n = 5, maps.carts.n = 3");
        assertThatCode(() -> quorums.check("carts", 1, Optional.empty())).doesNotThrowAnyException();
        assertThatCode(() -> quorums.check("any", 1, Optional.of(THERE))).doesNotThrowAnyException();
        assertThatThrownBy(() -> quorums.check("any", 1, Optional.empty()))
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("n = 5 copies, and partition 1 has 3")
                .hasMessageContaining("leave n out of entente.maps.any and entente.leaderless");
        assertThatThrownBy(() -> quorums.check("carts", 1, Optional.of(2)))
                .hasMessageContaining("ask for n = 3, or leave n out; another number");
    }

    private static Quorums of(String configuration) {
        EntenteSettings settings = EntenteSettings.from(ConfigFactory.parseString("entente { " + configuration + " }"));
        return new Quorums(map -> settings.quorums(map, settings.replication().isLeaderless()), partition -> THERE);
    }
}
