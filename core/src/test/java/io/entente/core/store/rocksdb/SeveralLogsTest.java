package io.entente.core.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.store.Durability;
import io.entente.core.store.StoreContents;
import io.entente.core.store.StoreException;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that was killed with several write-ahead logs: what is missing from any of them is noticed, not only from the last. */
class SeveralLogsTest {

    private static final int COMMITS = 1_000;

    /** What becomes of a log. */
    enum Harm {
        /** The kind of its first record is one of a log used anew: RocksDB takes what follows for older than the log. */
        ANOTHER_KIND,
        CUT,
        CUT_TO_NOTHING,
        DELETED;

        void befall(Path log) throws IOException {
            byte[] content = Files.readAllBytes(log);
            switch (this) {
                case ANOTHER_KIND -> {
                    content[6] ^= 4;
                    Files.write(log, content);
                }
                case CUT -> Files.write(log, Arrays.copyOf(content, content.length / 2));
                case CUT_TO_NOTHING -> Files.write(log, new byte[0]);
                case DELETED -> Files.delete(log);
            }
        }
    }

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void aStoreThatWasKilled() {
        directory = parent.resolve("store");
        RocksStore store = open(directory);
        for (int i = 0; i < COMMITS; i++) {
            store.commit(new WriteBatch().put(Table.RECORD, key(i), Bytes.wrap(new byte[4_000])));
        }
        store.abandon();
    }

    @Test
    void itHasSeveralLogsAndLosesNothing() throws IOException {
        assertThat(logsIn(directory)).hasSizeGreaterThan(2);

        RocksStore store = open(directory);

        assertThat(store.head()).isEqualTo(COMMITS);
        assertThat(StoreContents.all(store, Table.RECORD)).hasSize(COMMITS);
        store.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMissingFromALogIsNoticed(Harm harm) throws IOException {
        int logs = logsIn(directory).size();
        for (int i = 0; i < logs; i++) {
            Path copy = parent.resolve(harm + "-" + i);
            copy(directory, copy);
            harm.befall(logsIn(copy).get(i));
            try {
                RocksStore store = open(copy);
                assertThat(store.head()).as("%s, log %s of %s", harm, i, logs).isLessThan(COMMITS);
                store.close();
            } catch (StoreException refused) {
                assertThat(refused).hasMessageContaining("could not be opened");
            }
        }
    }

    /** The buffers of a large store, in small: tables' files are written while others hold the logs back. */
    private static RocksStore open(Path directory) {
        return RocksStore.open(
                directory, new RocksStoreSettings(Durability.OS, 1 << 20, 1 << 20, 64 << 20, 64 << 20, 64, 2));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static Bytes key(int i) {
        return new ByteWriter().u32(i).toBytes();
    }

    private static List<Path> logsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }
}
