package io.entente.conflict.verify;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Values as Java source, as far as their kind is known: texts, numbers, collections, enums and records of these. */
final class JavaSource {

    private JavaSource() {}

    static String of(Object value) {
        if (value instanceof CharSequence text) {
            return quoted(text.toString());
        }
        if (value instanceof Long number) {
            return number + "L";
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return nameOf(constant.getDeclaringClass()) + "." + constant.name();
        }
        if (value instanceof Collection<?> all) {
            return ofCollection(all);
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> "Map.entry(" + of(entry.getKey()) + ", " + of(entry.getValue()) + ")")
                    .collect(Collectors.joining(", ", "Map.ofEntries(", ")"));
        }
        return value instanceof Record record ? ofRecord(record) : "/* " + value + " */";
    }

    private static String ofCollection(Collection<?> all) {
        String type = all instanceof Set ? "Set" : "List";
        return all.stream().map(JavaSource::of).collect(Collectors.joining(", ", type + ".of(", ")"));
    }

    private static String ofRecord(Record record) {
        StringJoiner arguments = new StringJoiner(", ", "new " + nameOf(record.getClass()) + "(", ")");
        for (RecordComponent component : List.of(record.getClass().getRecordComponents())) {
            try {
                component.getAccessor().setAccessible(true);
                arguments.add(of(component.getAccessor().invoke(record)));
            } catch (ReflectiveOperationException | RuntimeException closed) {
                return "/* " + record + " */";
            }
        }
        return arguments.toString();
    }

    private static String nameOf(Class<?> type) {
        String canonical = type.getCanonicalName();
        String name = canonical == null ? type.getName() : canonical;
        return type.getPackageName().isEmpty()
                ? name
                : name.substring(type.getPackageName().length() + 1);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }
}
