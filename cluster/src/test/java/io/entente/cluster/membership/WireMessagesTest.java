package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.serialization.CborMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of what nodes send each other is whole: nothing else is marked to be made of bytes. */
class WireMessagesTest {

    @Test
    void everyMarkedClassIsListed() throws Exception {
        Path classes = Path.of(CborMessage.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertThat(marked(classes)).containsExactlyInAnyOrderElementsOf(WireMessages.all());
    }

    private static List<Class<?>> marked(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes.resolve("io/entente/cluster"))) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
                    .<Class<?>>map(
                            file -> load(file.substring(0, file.length() - 6).replace('/', '.')))
                    .filter(type -> CborMessage.class.isAssignableFrom(type) && !type.isInterface())
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, CborMessage.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
