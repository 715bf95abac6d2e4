package io.entente.conflict.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JavaSourceTest {

    private record Item(String name, int count) {}

    private enum Size {
        LARGE
    }

    @Test
    void valuesOfKnownKindsCanBePasted() {
        assertThat(JavaSource.of("a \"b\"\n\u0001\\")).isEqualTo("\"a \\\"b\\\"\\n\\u0001\\\\\"");
        assertThat(JavaSource.of(7)).isEqualTo("7");
        assertThat(JavaSource.of(7L)).isEqualTo("7L");
        assertThat(JavaSource.of(true)).isEqualTo("true");
        assertThat(JavaSource.of(List.of("a", 1))).isEqualTo("List.of(\"a\", 1)");
        assertThat(JavaSource.of(Set.of(2))).isEqualTo("Set.of(2)");
        assertThat(JavaSource.of(Map.of("k", 1))).isEqualTo("Map.ofEntries(Map.entry(\"k\", 1))");
        assertThat(JavaSource.of(Size.LARGE)).isEqualTo("JavaSourceTest.Size.LARGE");
        assertThat(JavaSource.of(new Item("milk", 2))).isEqualTo("new JavaSourceTest.Item(\"milk\", 2)");
    }

    @Test
    void othersAreAComment() {
        assertThat(JavaSource.of(Size.class)).startsWith("/* ").endsWith(" */");
    }
}
