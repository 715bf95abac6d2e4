package io.entente.core.store.directory;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Durability;
import io.entente.core.store.Store;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What tests do with data directories: open one, commit numbers to it, look for them, damage it. */
final class TestDirectory {

    static final ExpectedIdentity EU_1 = new ExpectedIdentity("eu-1", "eu", 8);

    private TestDirectory() {}

    static DataDirectory open(Path path) {
        return open(path, Durability.OS);
    }

    static DataDirectory open(Path path, Durability durability) {
        return DataDirectory.open(path, EU_1, DirectoryOptions.of(durability));
    }

    /** A directory in which {@code 0..count-1} have been committed, one by one, when its process ended. */
    static void killedAfter(int count, Path path) {
        DataDirectory directory = open(path);
        commit(0, count, directory.store());
        directory.abandon();
    }

    /** Commits numbers one by one. */
    static void commit(int from, int to, Store store) {
        for (int number = from; number < to; number++) {
            store.commit(new WriteBatch()
                    .put(Table.LOG, key(number), value(number))
                    .put(Table.RECORD, key(number), value(number)));
        }
    }

    static boolean holdsAll(int count, Store store) {
        for (int number = 0; number < count; number++) {
            if (!holds(number, store)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a number is there, in both tables: what is in one alone isn't as it was committed. */
    static boolean holds(int number, Store store) {
        Bytes key = key(number);
        Bytes value = value(number);
        boolean inLog = store.get(Table.LOG, key).filter(value::equals).isPresent();
        boolean inRecord = store.get(Table.RECORD, key).filter(value::equals).isPresent();
        if (inLog != inRecord) {
            throw new AssertionError("number " + number + " is in one of two tables");
        }
        return inLog;
    }

    /** The largest of RocksDB's write-ahead logs. */
    static Path log(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path.resolve("store"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.comparingLong(TestDirectory::size))
                    .orElseThrow();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private static Bytes key(int number) {
        String digits = Integer.toString(number);
        return Bytes.utf8("0".repeat(8 - digits.length()) + digits);
    }

    private static Bytes value(int number) {
        return Bytes.utf8("the value of " + number);
    }
}
