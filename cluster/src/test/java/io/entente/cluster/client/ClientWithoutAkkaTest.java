package io.entente.cluster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.WriteOptions;
import java.io.File;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A program that is no member need not have Akka at all. */
class ClientWithoutAkkaTest {

    @Test
    void aClientWorksWhereThereIsNoAkka() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (WithoutAkka loader = new WithoutAkka()) {
            Class<?> program = loader.loadClass(Visit.class.getName());
            assertThat(program.getClassLoader()).isSameAs(loader);
            @SuppressWarnings("unchecked")
            Function<Integer, String> visit =
                    (Function<Integer, String>) program.getConstructor().newInstance();
            assertThat(visit.apply(closed)).contains("NotAppliedException", "no node can be reached");
        }
    }

    /** Writes, reads and lists, as far as that goes without a node. */
    public static final class Visit implements Function<Integer, String> {

        /** For the other class loader. */
        public Visit() {}

        @Override
        public String apply(Integer port) {
            EntenteClient client = EntenteClient.of(Site.of("eu", "http://127.0.0.1:" + port));
            ReplicatedMap<String> map = client.map("m", Codec.utf8());
            try {
                map.put("k", "v", WriteOptions.quorum().ifAbsent().timeout(Duration.ofMillis(1)))
                        .toCompletableFuture()
                        .join();
                return "written";
            } catch (CompletionException failed) {
                return String.valueOf(failed.getCause());
            }
        }
    }

    /** Loads everything anew but for the JDK, and nothing of Akka or Scala. */
    private static final class WithoutAkka extends URLClassLoader {

        private WithoutAkka() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(WithoutAkka::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("akka.") || name.startsWith("scala.")) {
                throw new ClassNotFoundException(name + " is not to be had here");
            }
            return super.findClass(name);
        }
    }
}
