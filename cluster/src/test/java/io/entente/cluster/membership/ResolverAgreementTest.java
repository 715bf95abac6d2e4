package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.cluster.map.ResolverIdentity;
import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two nodes tell each other by what they resolve conflicts. */
class ResolverAgreementTest {

    private static final NodeId EU = new NodeId("eu", "eu-1");
    private static final NodeId US = new NodeId("us", "us-1");

    private final SortedMap<String, ResolverIdentity> atEu = new TreeMap<>();
    private final SortedMap<String, ResolverIdentity> atUs = new TreeMap<>();
    private final SortedMap<String, String> suspended = new TreeMap<>();
    private final ResolverAgreement eu = new ResolverAgreement(() -> atEu, () -> suspended);
    private final ResolverAgreement us = new ResolverAgreement(() -> atUs, TreeMap::new);

    @Test
    void nodesThatResolveAlikeHaveNothingToSay() {
        atEu.put("carts", new ResolverIdentity("merge", 2));
        atUs.put("carts", new ResolverIdentity("merge", 2));
        meet(0);
        assertThat(remarks(eu)).isEmpty();
        assertThat(eu.views()).singleElement().satisfies(view -> {
            assertThat(view.resolver()).isEqualTo("merge@2");
            assertThat(view.elsewhere()).isEmpty();
        });
    }

    @Test
    void anotherVersionIsSeenOnBothSides() {
        atEu.put("carts", new ResolverIdentity("merge", 2));
        atUs.put("carts", new ResolverIdentity("merge", 1));
        meet(0);
        assertThat(eu.views().get(0).elsewhere()).containsExactly(Map.entry(US, "merge@1"));
        assertThat(us.views().get(0).elsewhere()).containsExactly(Map.entry(EU, "merge@2"));
        assertThat(remarks(eu)).singleElement().asString().contains("carts", "merge@2 here", "merge@1 at us/us-1");
    }

    @Test
    void aDifferenceEndsWhenTheOtherNodeIsUpgraded() {
        atEu.put("carts", new ResolverIdentity("merge", 2));
        atUs.put("carts", new ResolverIdentity("merge", 1));
        meet(0);
        atUs.put("carts", new ResolverIdentity("merge", 2));
        meet(1);
        assertThat(remarks(eu)).isEmpty();
        assertThat(remarks(us)).isEmpty();
    }

    @Test
    void aMapThatOneNodeDoesNotKnowIsResolvedThereByTheLastWriter() {
        atEu.put("carts", new ResolverIdentity("merge", 1));
        atEu.put("users", new ResolverIdentity("last-writer-wins", 1));
        meet(0);
        assertThat(remarks(eu)).singleElement().asString().contains("carts", "last-writer-wins@1 at us/us-1");
        assertThat(us.views()).singleElement().satisfies(view -> {
            assertThat(view.map()).isEqualTo("carts");
            assertThat(view.elsewhere()).containsValue("merge@1");
        });
    }

    @Test
    void aNodeThatLeftIsForgottenAndHeardAgainWhenItIsBack() {
        atEu.put("carts", new ResolverIdentity("merge", 2));
        atUs.put("carts", new ResolverIdentity("merge", 1));
        meet(0);
        eu.forgetSilent(ResolverAgreement.SILENCE_NANOS);
        assertThat(remarks(eu)).hasSize(1);
        eu.forgetSilent(ResolverAgreement.SILENCE_NANOS + 1);
        assertThat(remarks(eu)).isEmpty();
        assertThat(eu.views())
                .singleElement()
                .satisfies(view -> assertThat(view.elsewhere()).isEmpty());
        meet(2 * ResolverAgreement.SILENCE_NANOS);
        assertThat(remarks(eu)).hasSize(1);
    }

    @Test
    void aSuspendedResolverIsRemarked() {
        atEu.put("carts", new ResolverIdentity("merge", 1));
        atUs.put("carts", new ResolverIdentity("merge", 1));
        suspended.put("carts", "the resolver of the map carts is suspended");
        meet(0);
        assertThat(eu.views().get(0).suspended()).isPresent();
        assertThat(remarks(eu)).singleElement().asString().contains("suspended");
    }

    @Test
    void moreMapsThanAreToldAreNotTakenForDifferent() {
        for (int i = 0; i < 2 * ResolverNews.MOST_MAPS; i++) {
            atEu.put("m" + i, new ResolverIdentity("merge", 1));
            atUs.put("m" + i, new ResolverIdentity("merge", 1));
        }
        meet(0);
        meet(2 * ResolverAgreement.PATIENCE_NANOS);
        assertThat(remarks(eu)).isEmpty();
    }

    @Test
    void newsThatNoNodeWouldTellAreRefused() {
        assertThatThrownBy(() -> new ResolverNews("c", "eu", "e u", Map.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ResolverNews("c", "eu", "eu-1", Map.of("a/b", "x@1"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ResolverNews("c", "eu", "eu-1", Map.of("a", "x".repeat(301)), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> remarks(ResolverAgreement node) {
        return NodeHealth.sentences(node.notes());
    }

    private void meet(long nowNanos) {
        eu.heard(us.news("c", US), nowNanos);
        us.heard(eu.news("c", EU), nowNanos);
    }
}
