package io.entente.samples.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.TypedResolvers;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.verify.Draws;
import io.entente.conflict.verify.ResolverVerifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a profile that two sides change. */
class ProfileMergeTest {

    private static final Codec<Profile> CODEC = Codec.json(Profile.class);
    private static final Profile BEFORE = new Profile("a@x.org", List.of("new"), false, "free");

    private static ConflictResolver<Profile> resolver() {
        return TypedResolvers.ofJson(CODEC, new ProfileMerge());
    }

    @Test
    void whatOneSideChangedIsTakenWhoeverWroteLast() {
        assertThat(merge(
                        new Profile("b@x.org", List.of("new"), true, "free"),
                        new Profile("a@x.org", List.of("new", "tea"), false, "gold")))
                .isEqualTo(new Profile("b@x.org", List.of("new", "tea"), true, "gold"));
    }

    @Test
    void ofWhatBothChangedEachFieldHasItsRule() {
        assertThat(merge(
                        new Profile("b@x.org", List.of("new", "vip"), false, "silver"),
                        new Profile("c@x.org", List.of("tea"), false, "gold")))
                .isEqualTo(new Profile("c@x.org", List.of("new", "vip", "tea"), false, "silver"));
    }

    @Test
    void aNewProfileThatIsVerifiedAnywhereIsVerified() {
        Profile eu = new Profile("a@x.org", List.of(), true, "free");
        Profile us = new Profile("a@x.org", List.of(), false, "free");
        assertThat(Sides.merge(resolver(), Optional.empty(), Optional.of(eu), Optional.of(us)))
                .contains(eu);
    }

    @Test
    void profileMergeObeysTheLaws() {
        ResolverVerifier.of(ProfileMergeTest::resolver)
                .values(ProfileMergeTest::profile)
                .codec(CODEC::encode, CODEC::decode)
                .verify();
    }

    private static Profile profile(Draws draws) {
        return new Profile(
                draws.oneOf(List.of("a@x.org", "b@x.org")),
                draws.percent(50) ? List.of("new") : List.of("tea", "vip"),
                draws.percent(50),
                draws.oneOf(List.of("free", "gold")));
    }

    private static Profile merge(Profile eu, Profile us) {
        return Sides.merge(resolver(), Optional.of(BEFORE), Optional.of(eu), Optional.of(us))
                .orElseThrow();
    }
}
