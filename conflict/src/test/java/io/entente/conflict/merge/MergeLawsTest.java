package io.entente.conflict.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.Version;
import io.entente.conflict.merge.Operation.Add;
import io.entente.conflict.merge.Operation.Assign;
import io.entente.conflict.merge.Operation.InField;
import io.entente.conflict.merge.Operation.Increment;
import io.entente.conflict.merge.Operation.Remove;
import io.entente.conflict.merge.Operation.Switch;
import io.entente.conflict.merge.Told.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each type promises, in every history of a few operations at two or three sites. The promises are put in terms of operations and who had
 * seen whose; nothing here knows of parts.
 */
class MergeLawsTest {

    private static final Optional<Operation<String>> DELETE = Optional.empty();

    private static Optional<Operation<String>> op(Operation<String> operation) {
        return Optional.of(operation);
    }

    @Test
    void aCounterIsTheSumOfWhatNoDeletionHadSeen() {
        List<Optional<Operation<String>>> operations = List.of(op(new Increment<>(2)), op(new Increment<>(-3)), DELETE);
        each(MergeableType.COUNTER, operations, (told, site) -> {
            List<Write> counting = unseen(told.at(site), Write::operation, DELETE::equals);
            Optional<Merged<String>> expected = counting.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Merged.Sum<>(counting.stream()
                            .mapToLong(write ->
                                    ((Increment<String>) write.operation().orElseThrow()).by())
                            .sum()));
            assertThat(told.read(site)).isEqualTo(expected);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"ADD_WINS_SET", "REMOVE_WINS_SET"})
    void aSetHoldsWhatItsLastOperationsSay(MergeableType type) {
        List<Optional<Operation<String>>> operations =
                List.of(op(new Add<>("x")), op(new Remove<>("x")), op(new Remove<>("y")), DELETE);
        each(
                type,
                operations,
                (told, site) -> assertThat(told.read(site))
                        .isEqualTo(set(type, told.at(site)).map(Merged.Elements::new)));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLAG", "DISABLE_WINS_FLAG"})
    void aFlagIsWhatItsLastOperationsSay(MergeableType type) {
        List<Optional<Operation<String>>> operations = List.of(op(new Switch<>(true)), op(new Switch<>(false)), DELETE);
        each(type, operations, (told, site) -> {
            List<Write> last = last(told.at(site));
            boolean on = last.stream().anyMatch(write -> write.operation().equals(op(new Switch<>(true))));
            boolean off = last.stream().anyMatch(write -> write.operation().equals(op(new Switch<>(false))));
            boolean present = on
                    || !unseen(told.at(site), Write::operation, DELETE::equals).isEmpty();
            boolean expected = type == MergeableType.FLAG ? on : on && !off;
            assertThat(told.read(site).map(flag -> ((Merged.Flag<String>) flag).on()))
                    .isEqualTo(present ? Optional.of(expected) : Optional.empty());
        });
    }

    @Test
    void aRegisterHoldsTheValuesThatNobodyHasReplacedWhoHadSeenThem() {
        List<Optional<Operation<String>>> operations = List.of(op(new Assign<>("a")), op(new Assign<>("b")), DELETE);
        each(MergeableType.MULTI_VALUE_REGISTER, operations, (told, site) -> {
            List<String> expected = assigned(last(told.at(site)));
            assertThat(told.read(site).map(MergeLawsTest::values))
                    .isEqualTo(expected.isEmpty() ? Optional.empty() : Optional.of(expected));
        });
    }

    @Test
    void aFieldMergesAsItsTypeDoesAndAnotherOneIsNotTouched() {
        Operation<String> increment = new InField<>("f", MergeableType.COUNTER, new Increment<>(1));
        Operation<String> set = new InField<>("f\0", MergeableType.REGISTER, new Assign<>("v"));
        List<Optional<Operation<String>>> operations = List.of(op(increment), op(set), op(new Remove<>("f")), DELETE);
        each(MergeableType.MAP, operations, (told, site) -> {
            List<Write> known = told.at(site);
            long count =
                    unseen(known, Write::operation, by -> by.equals(DELETE) || by.equals(op(new Remove<>("f"))))
                            .stream()
                            .filter(write -> write.operation().equals(op(increment)))
                            .count();
            List<Write> undeleted = unseen(known, Write::operation, DELETE::equals);
            boolean isSet =
                    undeleted.stream().anyMatch(write -> write.operation().equals(op(set)));
            boolean removed =
                    undeleted.stream().anyMatch(write -> write.operation().equals(op(new Remove<>("f"))));
            Optional<Merged<String>> read = told.read(site);
            assertThat(read.isPresent()).isEqualTo(count > 0 || isSet || removed);
            assertThat(field(read, "f"))
                    .isEqualTo(count > 0 ? Map.of(MergeableType.COUNTER, new Merged.Sum<>(count)) : Map.of());
            assertThat(field(read, "f\0"))
                    .isEqualTo(isSet ? Map.of(MergeableType.REGISTER, new Merged.Single<>("v")) : Map.of());
        });
    }

    private static Map<MergeableType, Merged<String>> field(Optional<Merged<String>> map, String name) {
        return map.map(fields -> ((Merged.Fields<String>) fields).fields().get(name))
                .<Map<MergeableType, Merged<String>>>map(values -> values)
                .orElse(Map.of());
    }

    private interface Law {
        void at(Told told, int site);
    }

    /** Two and three sites, four steps: together some hundred thousand histories. */
    private static void each(MergeableType type, List<Optional<Operation<String>>> operations, Law law) {
        Told.each(type, 2, 4, operations, told -> holds(told, law));
        Told.each(type, 3, 4, operations, told -> holds(told, law));
    }

    private static void holds(Told told, Law law) {
        for (int site = 0; site < told.sites(); site++) {
            try {
                law.at(told, site);
            } catch (AssertionError broken) {
                throw new AssertionError("at site " + site + " after " + told + ": " + broken.getMessage(), broken);
            }
        }
    }

    /** The writes that none of a kind had seen, and that are not of that kind. */
    private static List<Write> unseen(
            List<Write> known,
            java.util.function.Function<Write, Optional<Operation<String>>> operation,
            Predicate<Optional<Operation<String>>> kind) {
        List<Write> unseen = new ArrayList<>();
        for (Write write : known) {
            boolean seen = known.stream().anyMatch(by -> kind.test(operation.apply(by)) && by.hadSeen(write));
            if (!seen && !kind.test(operation.apply(write))) {
                unseen.add(write);
            }
        }
        return unseen;
    }

    /** The writes that no other one had seen. */
    private static List<Write> last(List<Write> known) {
        return known.stream()
                .filter(write -> known.stream().noneMatch(by -> by.hadSeen(write)))
                .toList();
    }

    /** A set's elements; nothing where all is deleted. */
    private static Optional<List<String>> set(MergeableType type, List<Write> known) {
        TreeSet<String> elements = new TreeSet<>();
        for (String element : List.of("x", "y")) {
            List<Write> last = last(known.stream()
                    .filter(write -> write.operation()
                            .map(MergeLawsTest::touched)
                            .orElse(element)
                            .equals(element))
                    .toList());
            boolean added = last.stream().anyMatch(write -> write.operation().equals(op(new Add<>(element))));
            boolean removed = last.stream().anyMatch(write -> write.operation().equals(op(new Remove<>(element))));
            if (added && !(removed && type == MergeableType.REMOVE_WINS_SET)) {
                elements.add(element);
            }
        }
        boolean emptied = unseen(known, Write::operation, DELETE::equals).stream()
                .anyMatch(write -> write.operation().orElseThrow() instanceof Remove);
        return elements.isEmpty() && !emptied ? Optional.empty() : Optional.of(List.copyOf(elements));
    }

    private static String touched(Operation<String> operation) {
        return operation instanceof Add<String> add ? add.element() : ((Remove<String>) operation).element();
    }

    private static List<String> assigned(List<Write> writes) {
        return writes.stream()
                .flatMap(write -> write.operation().stream())
                .map(operation -> ((Assign<String>) operation).value())
                .toList();
    }

    private static List<String> values(Merged<String> register) {
        return ((Merged.Values<String>) register)
                .values().stream()
                        .map(Version::value)
                        .map(Optional::orElseThrow)
                        .toList();
    }
}
