package io.entente.core.store.directory;

import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * What a backup consists of: written last, so that a backup without it is none. A text of lines {@code name=value}: format, node, when it was
 * taken, head, then {@code file=} with bytes, CRC32C and path for each file, and last the checksum of the lines before it.
 *
 * @param node whose data it is
 * @param taken when, for people
 * @param head how many batches had been committed
 * @param files what each file has, by its path inside the backup with {@code /} between names
 */
record BackupManifest(String node, String taken, long head, SortedMap<String, Content> files) {

    /** The format of backups. */
    static final int FORMAT = 1;

    private static final String FILE = "file=";
    private static final String CHECKSUM = "checksum=";
    private static final int BUFFER_BYTES = 1 << 16;

    /** RocksDB's own notes about its run; whoever looks at a backup adds to them. */
    private static final String NOTES = "LOG";

    BackupManifest {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * What a file has.
     *
     * @param bytes its size
     * @param checksum the CRC32C of its content
     */
    record Content(long bytes, long checksum) {

        static Content of(Path file) throws IOException {
            CRC32C checksum = new CRC32C();
            byte[] buffer = new byte[BUFFER_BYTES];
            long bytes = 0;
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    checksum.update(buffer, 0, read);
                    bytes += read;
                }
            }
            return new Content(bytes, checksum.getValue());
        }

        @Override
        public String toString() {
            return bytes + " " + String.format("%08x", checksum);
        }
    }

    /** What is in the directories now, but for the manifest itself. */
    static SortedMap<String, Content> contentOf(Layout layout) throws IOException {
        SortedMap<String, Content> files = new TreeMap<>();
        for (Path file : List.of(layout.identity(), layout.highWater())) {
            files.put(layout.nameOf(file), Content.of(file));
        }
        if (Files.exists(layout.engine())) {
            files.put(layout.nameOf(layout.engine()), Content.of(layout.engine()));
        }
        for (Path file : storeFiles(layout)) {
            files.put(layout.nameOf(file), Content.of(file));
        }
        return files;
    }

    long bytes() {
        return files.values().stream().mapToLong(Content::bytes).sum();
    }

    /** What keeps the files from being those of the backup, as a part of a sentence; empty when they are. */
    Optional<String> difference(Layout layout) throws IOException {
        TreeSet<String> surplus = new TreeSet<>();
        for (Path file : storeFiles(layout)) {
            surplus.add(layout.nameOf(file));
        }
        surplus.removeAll(files.keySet());
        if (!surplus.isEmpty()) {
            return Optional.of("holds the file " + surplus.first() + ", which is no part of that backup");
        }
        for (Map.Entry<String, Content> file : files.entrySet()) {
            Path path = layout.directory().resolve(file.getKey());
            if (!Files.exists(path)) {
                return Optional.of("lacks the file " + file.getKey() + " of that backup");
            }
            Content found = Content.of(path);
            if (!found.equals(file.getValue())) {
                return Optional.of("has a file " + file.getKey() + " of bytes and checksum " + found
                        + ", but that backup's has " + file.getValue());
            }
        }
        return Optional.empty();
    }

    Bytes encoded() {
        StringBuilder lines = new StringBuilder();
        lines.append("format=").append(FORMAT).append('\n');
        lines.append("node=").append(node).append('\n');
        lines.append("taken=").append(taken).append('\n');
        lines.append("head=").append(head).append('\n');
        files.forEach((path, content) ->
                lines.append(FILE).append(content).append(' ').append(path).append('\n'));
        String checksum = checksum(lines.toString());
        return Bytes.utf8(lines.append(CHECKSUM).append(checksum).append('\n').toString());
    }

    /**
     * What the text of a manifest says.
     *
     * @throws IllegalArgumentException when it is of another format, or damaged; says which, and is meant to end a sentence
     */
    static BackupManifest decoded(String text) {
        String format = value(text, "format");
        if (!format.equals(Integer.toString(FORMAT)) && format.matches("[0-9]+")) {
            throw new IllegalArgumentException("is a backup of format " + format
                    + ", but this version of Entente knows format " + FORMAT + ": use the version that made it");
        }
        int last = text.lastIndexOf(CHECKSUM);
        if (last < 0 || !checksum(text.substring(0, last)).equals(value(text, "checksum"))) {
            throw new IllegalArgumentException("has a damaged file \"backup\": use another backup, or give the node an "
                    + "empty directory, so that it fetches its data from the others");
        }
        SortedMap<String, Content> files = new TreeMap<>();
        text.lines().filter(line -> line.startsWith(FILE)).forEach(line -> {
            String[] parts = line.substring(FILE.length()).split(" ", 3);
            files.put(parts[2], new Content(Long.parseLong(parts[0]), Long.parseLong(parts[1], 16)));
        });
        return new BackupManifest(
                value(text, "node"), value(text, "taken"), Long.parseLong(value(text, "head")), files);
    }

    private static List<Path> storeFiles(Layout layout) throws IOException {
        if (!Files.isDirectory(layout.store())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(layout.store())) {
            return files.filter(file -> !file.getFileName().toString().startsWith(NOTES))
                    .sorted()
                    .toList();
        }
    }

    private static String value(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private static String checksum(String lines) {
        return String.format("%08x", new ByteWriter().raw(Bytes.utf8(lines)).crc32c(0));
    }
}
