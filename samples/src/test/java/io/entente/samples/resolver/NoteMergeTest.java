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

/** What becomes of a note that two people change. */
class NoteMergeTest {

    private static final Codec<Note> CODEC = Codec.json(Note.class);
    private static final Note BEFORE = new Note("Plan", "see the castle\nhave lunch\ngo home\n", List.of("ann"));

    private static ConflictResolver<Note> resolver() {
        return TypedResolvers.ofJson(CODEC, new NoteMerge());
    }

    @Test
    void changesInDifferentPlacesAreAllTaken() {
        assertThat(merge(
                        new Note(
                                "Plan", "take the train\nsee the castle\nhave lunch\ngo home\n", List.of("ann", "ben")),
                        new Note("Plan", "see the castle\nhave lunch\ngo home late\n", List.of("ann", "cyd"))))
                .isEqualTo(new Note(
                        "Plan",
                        "take the train\nsee the castle\nhave lunch\ngo home late\n",
                        List.of("ann", "ben", "cyd")));
    }

    @Test
    void ofALineThatBothChangedBothStayAndTheLaterTitle() {
        assertThat(merge(
                        new Note("Plan A", "see the castle\nhave pizza\ngo home\n", List.of("ann")),
                        new Note("Plan B", "see the castle\nhave soup\ngo home\n", List.of("ann"))))
                .isEqualTo(new Note("Plan B", "see the castle\nhave pizza\nhave soup\ngo home\n", List.of("ann")));
    }

    @Test
    void noteMergeObeysTheLaws() {
        ResolverVerifier.of(NoteMergeTest::resolver)
                .values(NoteMergeTest::note)
                .codec(CODEC::encode, CODEC::decode)
                .verify();
    }

    private static Note note(Draws draws) {
        StringBuilder text = new StringBuilder();
        for (int lines = draws.between(0, 4); lines > 0; lines--) {
            text.append(draws.oneOf(List.of("one", "two", "three"))).append('\n');
        }
        return new Note("Plan " + draws.between(1, 2), text.toString(), List.of(draws.oneOf(List.of("ann", "ben"))));
    }

    private static Note merge(Note eu, Note us) {
        return Sides.merge(resolver(), Optional.of(BEFORE), Optional.of(eu), Optional.of(us))
                .orElseThrow();
    }
}
