package io.entente.conflict.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.conflict.merge.Operation.Add;
import io.entente.conflict.merge.Operation.Assign;
import io.entente.conflict.merge.Operation.InField;
import io.entente.conflict.merge.Operation.Increment;
import io.entente.conflict.merge.Operation.Remove;
import io.entente.conflict.merge.Operation.Switch;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operations change, and what is none. */
class MeaningTest {

    @Test
    void anAdditionChangesOnePartHoweverManyThereAre() {
        assertThat(Meaning.of(MergeableType.ADD_WINS_SET, List.<Operation<String>>of(new Add<>("x"))))
                .hasSize(1);
    }

    @Test
    void resetsComeFirstAndSumsOfOnePartAreOne() {
        List<Change<String>> changes = Meaning.of(
                MergeableType.MAP,
                List.of(
                        in("c", MergeableType.COUNTER, new Increment<>(2)),
                        in("c", MergeableType.COUNTER, new Increment<>(3)),
                        new Remove<>("c"),
                        new Remove<>("d")));
        assertThat(changes).hasSize(4);
        assertThat(changes.subList(0, 2)).allMatch(Change.Reset.class::isInstance);
        assertThat(changes)
                .anySatisfy(change -> assertThat(change)
                        .isInstanceOfSatisfying(
                                Change.Tally.class,
                                tally -> assertThat(tally.delta()).isEqualTo(5)));
    }

    @Test
    void twoRemovalsNeedOnePresence() {
        assertThat(Meaning.of(
                        MergeableType.REMOVE_WINS_SET,
                        List.<Operation<String>>of(new Remove<>("x"), new Remove<>("y"))))
                .hasSize(3);
    }

    @Test
    void contradictionsAreRefused() {
        assertThatThrownBy(() -> Meaning.of(
                        MergeableType.ADD_WINS_SET, List.<Operation<String>>of(new Add<>("x"), new Remove<>("x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contradict");
    }

    @ParameterizedTest
    @EnumSource
    void anOperationOfAnotherTypeIsRefusedByName(MergeableType type) {
        List<Operation<String>> all =
                List.of(new Increment<>(1), new Add<>("x"), new Remove<>("x"), new Switch<>(true), new Assign<>("v"));
        long known = all.stream().filter(operation -> isKnown(type, operation)).count();
        assertThat(known).isBetween(1L, 2L);
    }

    private static boolean isKnown(MergeableType type, Operation<String> operation) {
        try {
            Meaning.of(type, List.of(operation));
            return true;
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining(type.label()).hasMessageContaining(operation.described());
            return false;
        }
    }

    @Test
    void mapsLieInMapsUpToADepth() {
        Operation<String> operation = new Increment<>(1);
        MergeableType type = MergeableType.COUNTER;
        for (int depth = 1; depth <= Meaning.MOST_DEPTH; depth++) {
            operation = new InField<>("f\0" + depth, type, operation);
            type = MergeableType.MAP;
        }
        String part = Meaning.of(MergeableType.MAP, List.of(operation)).get(0).part();
        TreeMap<String, PartState<String>> parts = new TreeMap<>();
        parts.put(part, PartState.of(1));
        assertThat(View.of(MergeableType.MAP, parts)).isPresent();
        Operation<String> deeper = new InField<>("g", MergeableType.MAP, operation);
        assertThatThrownBy(() -> Meaning.of(MergeableType.MAP, List.of(deeper)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void partsOfOtherTypesAreNotSeen() {
        TreeMap<String, PartState<String>> parts = new TreeMap<>();
        for (MergeableType type : MergeableType.values()) {
            parts.put(String.valueOf(type.tag()), PartState.of(7));
        }
        assertThat(View.of(MergeableType.COUNTER, parts)).contains(new Merged.Sum<>(7));
        assertThat(View.of(MergeableType.ADD_WINS_SET, parts)).isEmpty();
    }

    @Test
    void fieldsOfUnknownTypesAreCounted() {
        TreeMap<String, PartState<String>> parts = new TreeMap<>();
        parts.put(PartName.field("m", "f") + "Z", PartState.of(1));
        parts.put(PartName.field("m", "f") + "c", PartState.of(1));
        assertThat(View.of(MergeableType.MAP, parts)).hasValueSatisfying(value -> {
            Merged.Fields<String> fields = (Merged.Fields<String>) value;
            assertThat(fields.unknown()).isEqualTo(1);
            assertThat(fields.fields()).containsOnlyKeys("f");
        });
    }

    @Test
    void tagsOfTypesAreTheirOwn() {
        assertThat(List.of(MergeableType.values()).stream()
                        .map(MergeableType::tag)
                        .distinct())
                .hasSameSizeAs(MergeableType.values());
        for (MergeableType type : MergeableType.values()) {
            assertThat(MergeableType.of(type.label())).isEqualTo(Optional.of(type));
        }
    }

    private static Operation<String> in(String field, MergeableType type, Operation<String> operation) {
        return new InField<>(field, type, operation);
    }
}
