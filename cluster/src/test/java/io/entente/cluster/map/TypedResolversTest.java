package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.cluster.resolve.DocumentResolvers;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.GuardedResolver;
import io.entente.conflict.Outcome;
import io.entente.conflict.Resolvers;
import io.entente.conflict.Version;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.verify.Draws;
import io.entente.conflict.verify.ResolverVerifier;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Typed values resolved as the JSON that they are stored as. */
class TypedResolversTest {

    private static final Codec<Profile> CODEC = Codec.json(Profile.class);

    /** A value of an application. */
    record Profile(String mail, int age, List<String> tags) {}

    private static ConflictResolver<Profile> merge() {
        return TypedResolvers.ofJson(
                CODEC,
                DocumentResolvers.perField(
                        Map.of("tags", DocumentResolvers.setMerge()), DocumentResolvers.jsonMerge()));
    }

    @Test
    void fieldsOfARecordAreMergedWithTheAncestor() {
        Version<Profile> ancestor = version("eu", 1, new Profile("a@x", 1, List.of("new")));
        Version<Profile> eu = version("eu", 2, new Profile("b@x", 1, List.of("new", "vip")));
        Version<Profile> us = version("us", 3, new Profile("a@x", 2, List.of()));
        Conflict<Profile> conflict = new Conflict<>("profiles", "p", List.of(eu, us), Optional.of(ancestor));
        assertThat(GuardedResolver.of(merge()).resolve(conflict))
                .isEqualTo(new Outcome.Value<>(new Profile("b@x", 2, List.of("vip")), Optional.empty()));
    }

    @Test
    void aMergedDocumentThatIsNoneOfTheCodecsLeavesTheConflictUnresolved() {
        ConflictResolver<Profile> breaking = TypedResolvers.ofJson(CODEC, Resolvers.merging((a, b) -> a.get("mail")));
        Conflict<Profile> conflict = Conflict.of(
                "profiles",
                "p",
                List.of(
                        version("eu", 1, new Profile("a", 1, List.of())),
                        version("us", 2, new Profile("b", 1, List.of()))));
        assertThat(GuardedResolver.of(breaking).resolve(conflict)).isInstanceOf(Outcome.Unresolved.class);
    }

    @Test
    void aCodecOfSomethingElseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypedResolvers.ofJson(Codec.utf8(), DocumentResolvers.jsonMerge()))
                .withMessageContaining("text/plain");
    }

    @Test
    void resolversOfRecordsObeyTheLaws() {
        ResolverVerifier.of(TypedResolversTest::merge)
                .values(TypedResolversTest::profile)
                .codec(CODEC::encode, CODEC::decode)
                .verify();
    }

    private static Profile profile(Draws draws) {
        return new Profile(
                draws.oneOf(List.of("a@x", "b@x")), draws.between(1, 2), draws.percent(50) ? List.of("t") : List.of());
    }

    private static Version<Profile> version(String dataCenter, long millis, Profile value) {
        Dot dot = new Dot(new Origin(dataCenter, dataCenter + "-1", 1, 0), millis);
        return Version.of(dot, new HybridTimestamp(millis, 0), value);
    }
}
