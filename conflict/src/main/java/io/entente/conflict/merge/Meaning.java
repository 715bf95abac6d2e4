package io.entente.conflict.merge;

import io.entente.conflict.merge.Change.Forget;
import io.entente.conflict.merge.Change.Put;
import io.entente.conflict.merge.Change.Reset;
import io.entente.conflict.merge.Change.Tally;
import io.entente.conflict.merge.Change.Tombstone;
import io.entente.conflict.merge.Operation.Add;
import io.entente.conflict.merge.Operation.Assign;
import io.entente.conflict.merge.Operation.InField;
import io.entente.conflict.merge.Operation.Increment;
import io.entente.conflict.merge.Operation.Remove;
import io.entente.conflict.merge.Operation.Switch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operations mean: which parts of a value they change, and how. Pure. */
public final class Meaning {

    /** How deep maps may lie in maps. */
    public static final int MOST_DEPTH = 8;

    private Meaning() {}

    /** Deletes a value, of whatever type, as far as it is seen. */
    public static <C> Change<C> deletion() {
        return new Reset<>("");
    }

    /**
     * The changes that some operations on one value make, all of them at once; resets first, and at most one change a part.
     *
     * @throws IllegalArgumentException when an operation is not one of the type's, two of them contradict each other, or maps lie too
     *     deep; with a full sentence
     */
    public static <C> List<Change<C>> of(MergeableType type, List<Operation<C>> operations) {
        Map<String, Change<C>> resets = new LinkedHashMap<>();
        Map<String, Change<C>> others = new LinkedHashMap<>();
        for (Operation<C> operation : operations) {
            for (Change<C> change : changes("", 0, type, operation)) {
                Map<String, Change<C>> among = change instanceof Reset ? resets : others;
                among.merge(change.part(), change, Meaning::both);
            }
        }
        List<Change<C>> changes = new ArrayList<>(resets.values());
        changes.addAll(others.values());
        return changes;
    }

    private static <C> Change<C> both(Change<C> one, Change<C> other) {
        if (one.equals(other) && !(one instanceof Tally)) {
            return one;
        }
        if (one instanceof Tally<C> first && other instanceof Tally<C> second) {
            return new Tally<>(first.part(), first.delta() + second.delta());
        }
        throw new IllegalArgumentException(
                "two operations of one request contradict each other: send them one after the other");
    }

    private static <C> List<Change<C>> changes(String path, int depth, MergeableType type, Operation<C> operation) {
        String part = path + type.tag();
        List<Change<C>> changes = null;
        if (operation instanceof Increment<C> increment && type == MergeableType.COUNTER) {
            changes = List.of(new Tally<>(part, increment.by()));
        } else if (operation instanceof Assign<C> assign) {
            changes = assigned(part, type, assign.value());
        } else if (operation instanceof Switch<C> turned && PartName.isFlag(type)) {
            changes = turned.on() ? added(part, "") : removed(part, type, "");
        } else if (operation instanceof Add<C> add && PartName.isSet(type)) {
            changes = added(part, add.element());
        } else if (operation instanceof Remove<C> remove && PartName.isSet(type)) {
            changes = removed(part, type, remove.element());
        } else if (operation instanceof Remove<C> remove && type == MergeableType.MAP) {
            changes = List.of(new Reset<>(PartName.field(part, remove.element())), presence(part));
        } else if (operation instanceof InField<C> in && type == MergeableType.MAP) {
            requireDepth(depth);
            changes = changes(PartName.field(part, in.field()), depth + 1, in.type(), in.operation());
        }
        if (changes == null) {
            throw new IllegalArgumentException("the operation " + operation.described() + " is not one of the type "
                    + type.label() + ", which takes " + PartName.operationsOf(type));
        }
        return changes;
    }

    private static <C> @org.jspecify.annotations.Nullable List<Change<C>> assigned(
            String part, MergeableType type, C value) {
        boolean isRegister = type == MergeableType.MULTI_VALUE_REGISTER || type == MergeableType.REGISTER;
        return isRegister ? List.of(new Put<>(part, Optional.of(value))) : null;
    }

    private static <C> List<Change<C>> added(String part, String element) {
        return List.of(new Put<>(PartName.element(part, element), Optional.empty()));
    }

    private static <C> List<Change<C>> removed(String part, MergeableType type, String element) {
        String name = PartName.element(part, element);
        return List.of(PartName.removesWin(type) ? new Tombstone<>(name) : new Forget<>(name), presence(part));
    }

    /** What was removed may have been the last: an emptied value is not an absent one. */
    private static <C> Change<C> presence(String part) {
        return new Put<>(part, Optional.empty());
    }

    private static void requireDepth(int depth) {
        if (depth >= MOST_DEPTH) {
            throw new IllegalArgumentException(
                    "the field lies deeper than " + MOST_DEPTH + " maps: keep what is so deep in a register");
        }
    }
}
