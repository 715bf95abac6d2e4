package io.entente.conflict.merge;

import io.entente.conflict.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the parts of a value read as. Pure; parts of other types at the same key are passed over. */
public final class View {

    private View() {}

    /** The value; nothing where it was never written, or is deleted. */
    public static <C> Optional<Merged<C>> of(MergeableType type, SortedMap<String, PartState<C>> parts) {
        String tag = String.valueOf(type.tag());
        return read(type, parts.subMap(tag, String.valueOf((char) (type.tag() + 1))), tag, 0);
    }

    /** Whether a set holds the element that this part is of. */
    public static <C> boolean contains(MergeableType type, PartState<C> element) {
        return PartName.removesWin(type) ? element.holdsNothingElse() : element.holdsOne();
    }

    private static <C> Optional<Merged<C>> read(
            MergeableType type, SortedMap<String, PartState<C>> parts, String own, int depth) {
        return switch (type) {
            case COUNTER -> sum(parts.get(own));
            case FLAG, DISABLE_WINS_FLAG ->
                elements(type, parts).map(elements -> new Merged.Flag<>(!elements.isEmpty()));
            case ADD_WINS_SET, REMOVE_WINS_SET -> elements(type, parts).map(Merged.Elements::new);
            case MULTI_VALUE_REGISTER -> values(parts.get(own));
            case REGISTER -> last(parts.get(own));
            case MAP -> fields(parts, depth);
        };
    }

    private static <C> Optional<Merged<C>> sum(@org.jspecify.annotations.Nullable PartState<C> part) {
        return part == null || part.sum().isEmpty()
                ? Optional.empty()
                : Optional.of(new Merged.Sum<>(part.sum().getAsLong()));
    }

    private static <C> List<Version<C>> held(@org.jspecify.annotations.Nullable PartState<C> part) {
        List<Version<C>> held = new ArrayList<>();
        if (part != null) {
            part.versions()
                    .forEach(version -> version.value()
                            .flatMap(content -> content)
                            .ifPresent(content -> held.add(Version.of(version.dot(), version.timestamp(), content))));
        }
        return held;
    }

    private static <C> Optional<Merged<C>> values(@org.jspecify.annotations.Nullable PartState<C> part) {
        List<Version<C>> held = held(part);
        return held.isEmpty() ? Optional.empty() : Optional.of(new Merged.Values<>(held));
    }

    private static <C> Optional<Merged<C>> last(@org.jspecify.annotations.Nullable PartState<C> part) {
        return held(part).stream().max(Version.byTime()).flatMap(Version::value).map(Merged.Single::new);
    }

    /** The elements of a set; nothing where the set isn't there at all. */
    private static <C> Optional<List<String>> elements(MergeableType type, SortedMap<String, PartState<C>> parts) {
        List<String> elements = new ArrayList<>();
        boolean present = false;
        for (Map.Entry<String, PartState<C>> part : parts.entrySet()) {
            Optional<String> element = PartName.elementOf(part.getKey());
            if (element.isEmpty()) {
                present |= part.getValue().holdsOne();
            } else if (contains(type, part.getValue())) {
                elements.add(element.get());
            }
        }
        return present || !elements.isEmpty() ? Optional.of(elements) : Optional.empty();
    }

    private static <C> Optional<Merged<C>> fields(SortedMap<String, PartState<C>> parts, int depth) {
        SortedMap<String, SortedMap<String, PartState<C>>> byField = new TreeMap<>();
        boolean present = false;
        for (Map.Entry<String, PartState<C>> part : parts.entrySet()) {
            Optional<PartName.InField> in = PartName.inField(part.getKey());
            if (in.isPresent()) {
                byField.computeIfAbsent(in.get().field(), field -> new TreeMap<>())
                        .put(in.get().name(), part.getValue());
            } else {
                present |= part.getValue().holdsOne();
            }
        }
        SortedMap<String, SortedMap<MergeableType, Merged<C>>> fields = new TreeMap<>();
        int unknown = 0;
        for (Map.Entry<String, SortedMap<String, PartState<C>>> field : byField.entrySet()) {
            SortedMap<MergeableType, Merged<C>> values = new TreeMap<>();
            unknown += field(field.getValue(), depth + 1, values);
            if (!values.isEmpty()) {
                fields.put(field.getKey(), values);
            }
        }
        return present || unknown > 0 || !fields.isEmpty()
                ? Optional.of(new Merged.Fields<>(fields, unknown))
                : Optional.empty();
    }

    /** Reads what there is of one field, under each type; how many parts could not be read. */
    private static <C> int field(
            SortedMap<String, PartState<C>> parts, int depth, SortedMap<MergeableType, Merged<C>> into) {
        Map<String, SortedMap<String, PartState<C>>> byTag = parts.entrySet().stream()
                .collect(Collectors.groupingBy(
                        part -> part.getKey().isEmpty() ? "" : part.getKey().substring(0, 1),
                        TreeMap::new,
                        Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new)));
        int unknown = 0;
        for (Map.Entry<String, SortedMap<String, PartState<C>>> ofTag : byTag.entrySet()) {
            Optional<MergeableType> type = ofTag.getKey().isEmpty()
                    ? Optional.empty()
                    : MergeableType.ofTag(ofTag.getKey().charAt(0));
            if (type.isEmpty() || depth > Meaning.MOST_DEPTH) {
                unknown += ofTag.getValue().size();
            } else {
                read(type.get(), ofTag.getValue(), ofTag.getKey(), depth)
                        .ifPresent(value -> into.put(type.get(), value));
            }
        }
        return unknown;
    }
}
