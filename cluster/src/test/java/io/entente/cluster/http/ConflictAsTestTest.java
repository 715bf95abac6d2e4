package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.cluster.conflict.SeenConflict;
import io.entente.cluster.conflict.SeenConflict.SeenVersion;
import io.entente.cluster.conflict.SeenConflict.Verdict;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.map.ResolverIdentity;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.resolve.TextConflicts;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.MapSettings;
import io.entente.cluster.settings.ResolverSettings;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.journal.ConflictId;
import io.entente.core.message.NodeId;
import io.entente.core.record.Ancestry;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A conflict copied as a test is compiled and run: it must say what the node said, whatever was written into map, key and values. */
class ConflictAsTestTest {

    private static final String HOSTILE =
            "\"; System.exit(3); //\n */ \\u000a System.exit(4); ${id} \u0000\u2028\uD83D\uDE00'";

    private static final Dot EU = new Dot(new Origin("eu", "eu-1", 1_000, 1), 7);
    private static final Dot US = new Dot(new Origin("us", "us-1", 1_000, 2), 3);
    private static final Dot BASE = new Dot(EU.origin(), 1);

    @TempDir
    Path classes;

    @ParameterizedTest
    @CsvSource({"last-writer-wins", "first-writer-wins", "keep-all", "json-merge", "union", "set-merge"})
    void theTestResolvesTheConflictAsTheNodeDid(String resolver) throws Exception {
        List<SeenVersion> siblings = List.of(
                written(EU, 10, StoredValue.json("{\"a\":1,\"b\":\"" + "\\u0000" + "\"}")),
                written(US, 11, StoredValue.json("{\"a\":2}")));
        run(seen("carts", "alice", siblings, Optional.of(written(BASE, 1, StoredValue.json("{\"a\":0}"))), resolver));
    }

    @Test
    void whatStrangersWroteStaysText() throws Exception {
        List<SeenVersion> siblings = List.of(
                written(EU, 10, StoredValue.text(HOSTILE)), written(US, 11, StoredValue.text(HOSTILE.repeat(2_000))));
        run(seen("carts", HOSTILE, siblings, Optional.empty(), "last-writer-wins"));
    }

    @Test
    void deletionsAndBytesAreReproducedToo() throws Exception {
        List<SeenVersion> siblings = List.of(
                new SeenVersion(EU, new HybridTimestamp(12, 0), true, Optional.empty(), 0),
                written(US, 11, StoredValue.binary(Bytes.wrap(new byte[] {1, (byte) 0xFF}))));
        run(seen("files", "k", siblings, Optional.empty(), "last-writer-wins"));
    }

    @Test
    void theTestFailsWhereTheResolverDecidesOtherwise() {
        List<SeenVersion> siblings =
                List.of(written(EU, 10, StoredValue.json("1")), written(US, 11, StoredValue.json("2")));
        SeenConflict conflict = seen("m", "k", siblings, Optional.empty(), "first-writer-wins");
        String other = new ConflictAsTest(conflict).source().replace("firstWriterWins()", "lastWriterWins()");
        assertThatThrownBy(() -> run(other)).isInstanceOf(AssertionError.class);
    }

    private void run(SeenConflict conflict) throws Exception {
        run(new ConflictAsTest(conflict).source());
    }

    private void run(String source) throws Exception {
        String name = source.replaceAll("(?s).*\nclass (\\w+) .*", "$1");
        assertThat(name).matches("Conflict[0-9a-f]{32}Test");
        compile(name, source);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> test = loader.loadClass(name);
            Constructor<?> constructor = test.getDeclaredConstructor();
            constructor.setAccessible(true);
            int tests = 0;
            for (Method method : test.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    method.setAccessible(true);
                    invoke(method, constructor.newInstance());
                    tests++;
                }
            }
            assertThat(tests).isEqualTo(2);
        }
    }

    private static void invoke(Method method, Object on) throws IllegalAccessException {
        try {
            method.invoke(on);
        } catch (InvocationTargetException thrown) {
            throw new AssertionError(method.getName(), thrown.getCause());
        }
    }

    private void compile(String name, String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return source;
                    }
                };
        StringWriter errors = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        boolean done = compiler.getTask(errors, null, null, options, null, List.of(file))
                .call();
        assertThat(done).as(() -> errors + "\n" + source).isTrue();
    }

    private static SeenVersion written(Dot dot, long millis, StoredValue value) {
        return new SeenVersion(
                dot,
                new HybridTimestamp(millis, 0),
                false,
                Optional.of(value),
                value.envelope().length());
    }

    /** As the node would have resolved it. */
    private static SeenConflict seen(
            String map, String key, List<SeenVersion> versions, Optional<SeenVersion> ancestor, String resolver) {
        List<Sibling> all = new ArrayList<>();
        versions.forEach(version -> all.add(sibling(version)));
        Siblings siblings = new Siblings(all);
        Siblings known = ancestor.map(base -> siblings.with(Ancestry.of(sibling(base), siblings.dots())))
                .orElse(siblings);
        MapSettings settings = new MapSettings(
                new ResolverSettings(resolver, List.of(), TextConflicts.BOTH, Collections.emptySortedMap()));
        Resolved resolved;
        try (MapCatalog catalog = new MapCatalog(EntenteSettings.load())) {
            resolved = catalog.definition(map, settings)
                    .resolve(key, known, Runnable::run)
                    .toCompletableFuture()
                    .join();
        }
        RecordKey record = new RecordKey(map, key);
        return new SeenConflict(
                ConflictId.of(record, siblings.dots()),
                record,
                versions,
                ancestor.stream().toList(),
                Optional.empty(),
                new Verdict(new ResolverIdentity(resolver, 1), Optional.of(resolved)),
                Optional.empty(),
                true,
                Instant.EPOCH,
                new NodeId("eu", "eu-1"));
    }

    private static Sibling sibling(SeenVersion version) {
        Payload payload =
                version.value().map(value -> Payload.value(value.envelope())).orElseGet(Payload::deletion);
        return new Sibling(version.dot(), version.timestamp(), payload);
    }
}
