package io.entente.cluster.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.SettingsException;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an application's resolvers are found: services by their name, classes by theirs. */
class ApplicationResolversTest {

    private static final String SERVICES = "META-INF/services/" + ConflictResolver.class.getName();

    @TempDir
    private Path classPath;

    @Test
    void aServiceIsFoundByTheNameItGivesItself() throws IOException {
        with(HouseRule.class.getName(), resolvers -> {
            assertThat(resolvers.problems()).isEmpty();
            assertThat(resolvers.names()).containsExactly("house-rule");
            assertThat(resolvers.resolver("house-rule")).isInstanceOf(HouseRule.class);
            MapCatalog catalog = new MapCatalog(settings("house-rule"));
            assertThat(catalog.definition("m").resolver()).hasToString("house-rule@3");
        });
    }

    @Test
    void aServiceMayResolveAField() throws IOException {
        with(HouseRule.class.getName(), resolvers -> {
            EntenteSettings settings = EntenteSettings.from(
                    ConfigFactory.parseString("entente.maps.m.resolver.per-field { a = house-rule }"));
            assertThat(new MapCatalog(settings).definition("m").resolver().name())
                    .isEqualTo("per-field(a=house-rule@3,rest=last-writer-wins)");
        });
    }

    @Test
    void aServiceWithoutANameOfItsOwnIsItsClass() throws IOException {
        with(Unnamed.class.getName(), resolvers -> {
            assertThat(resolvers.names()).containsExactly(Unnamed.class.getName());
            assertThat(resolvers.resolver(Unnamed.class.getName())).isInstanceOf(Unnamed.class);
        });
    }

    @Test
    void aWrongNameIsAnsweredWithThoseThatThereAreAndTheNearest() throws IOException {
        with(
                HouseRule.class.getName(),
                resolvers -> assertThatThrownBy(() -> settings("house-rul"))
                        .isInstanceOf(SettingsException.class)
                        .hasMessageContaining("entente.maps.m.resolver = \"house-rul\"")
                        .hasMessageContaining("the nearest one is house-rule")
                        .hasMessageContaining("last-writer-wins, first-writer-wins")
                        .hasMessageContaining("per-field, house-rule, or a class name"));
        with(
                HouseRule.class.getName(),
                resolvers -> assertThatThrownBy(() -> new MapCatalog(settings("com.example.HouseRule")))
                        .isInstanceOf(SettingsException.class)
                        .hasMessageContaining("com.example.HouseRule is not on the class path")
                        .hasMessageContaining("the services found are house-rule"));
    }

    @Test
    void servicesThatCantBeUsedAreToldWithTheReasonWhereAnUnknownNameIs() throws IOException {
        String services = String.join(
                "\n", "no.such.Service", OfText.class.getName(), Failing.class.getName(), HouseRule.class.getName());
        with(services, resolvers -> {
            assertThat(resolvers.names()).as("the others are there").containsExactly("house-rule");
            assertThat(resolvers.problems())
                    .hasSize(3)
                    .anySatisfy(problem -> assertThat(problem).contains("no.such.Service"))
                    .anySatisfy(problem -> assertThat(problem).contains("OfText", "resolves java.lang.String"))
                    .anySatisfy(problem -> assertThat(problem).contains("Failing", "not today"));
            assertThatThrownBy(() -> settings("failing")).hasMessageContaining("not today");
        });
    }

    @Test
    void twoServicesOfOneNameAreNoneAndBothAreNamed() throws IOException {
        with(HouseRule.class.getName() + "\n" + OtherHouseRule.class.getName(), resolvers -> {
            assertThat(resolvers.names()).isEmpty();
            assertThat(resolvers.problems())
                    .singleElement()
                    .asString()
                    .contains("$HouseRule", "$OtherHouseRule", "both named house-rule");
            assertThatThrownBy(() -> settings("house-rule")).hasMessageContaining("rename one of them");
        });
    }

    @Test
    void withoutServicesThereAreNone() {
        assertThat(ApplicationResolvers.onClassPath().names()).isEmpty();
        assertThatThrownBy(() -> ApplicationResolvers.onClassPath().resolver("no.such.Class"))
                .hasMessageContaining("no.such.Class is not on the class path");
    }

    private static EntenteSettings settings(String resolver) {
        return EntenteSettings.from(ConfigFactory.parseString("entente.maps.m.resolver = \"" + resolver + "\""));
    }

    /** Runs a test where the class path lists these services. */
    private void with(String services, Consumer<ApplicationResolvers> test) throws IOException {
        Path list = classPath.resolve(SERVICES);
        Files.createDirectories(list.getParent());
        Files.writeString(list, services);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classPath.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            test.accept(ApplicationResolvers.onClassPath());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** A service. */
    public static class HouseRule extends LastWriter<JsonNode> {
        @Override
        public String name() {
            return "house-rule";
        }

        @Override
        public int version() {
            return 3;
        }
    }

    /** Another one of the same name. */
    public static final class OtherHouseRule extends HouseRule {}

    /** One whose name is its class's. */
    public static final class Unnamed extends LastWriter<JsonNode> {}

    /** One that can't be made. */
    public static final class Failing extends LastWriter<JsonNode> {
        /** Fails. */
        public Failing() {
            throw new IllegalStateException("not today");
        }
    }

    /** One of values that configuration has none of. */
    public static final class OfText implements ConflictResolver<String> {
        @Override
        public Resolution<String> resolve(Conflict<String> conflict) {
            return Resolution.pick(conflict.lastWritten());
        }
    }

    /** A resolver to derive from. */
    public abstract static class LastWriter<V> implements ConflictResolver<V> {
        @Override
        public Resolution<V> resolve(Conflict<V> conflict) {
            return Resolution.pick(conflict.lastWritten());
        }
    }
}
