package io.entente.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files with the bytes of formats as they have been written to disks and wires, as readable hexadecimal digits, with the object they stand
 * for. They are committed: what they hold must be read for ever, or as long as the format is supported.
 *
 * <p>{@code -Dgolden.write=true} writes the files that are missing, and no others: a file that exists is never changed by a test.
 */
public final class GoldenFiles {

    private static final int DIGITS_A_LINE = 96;
    private static final String OBJECT = "# ";

    private final Path directory;

    /** The files in a directory of {@code src/test/resources/golden}. */
    public GoldenFiles(String directory) {
        this.directory = Path.of("src", "test", "resources", "golden", directory);
    }

    /**
     * A format that is written.
     *
     * @param name the file's
     * @param object an object
     * @param bytes what is written for it now
     * @param reader reads it
     */
    public record Golden(String name, Object object, Bytes bytes, Function<Bytes, Object> reader) {

        /** A format that is no longer written, and read for ever. */
        public static Golden old(String name, Object object, Function<Bytes, Object> reader) {
            return new Golden(name, object, Bytes.empty(), reader);
        }

        /** Whether it is read only. */
        public boolean isOld() {
            return bytes.isEmpty();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What is written is what the file holds, and what the file holds is read as the object. */
    public void check(Golden golden) {
        Path file = directory.resolve(golden.name() + ".txt");
        if (!golden.isOld() && !Files.exists(file) && Boolean.getBoolean("golden.write")) {
            write(file, golden);
        }
        assertThat(file)
                .as("a format without a golden file: look at its bytes, and write the file with -Dgolden.write=true")
                .exists();
        Bytes committed = read(file);
        assertThat(golden.reader().apply(committed))
                .as(
                        "%s is no longer read as what it stands for: data on disks, and nodes of other versions, have it so",
                        file)
                .isEqualTo(golden.object());
        if (golden.isOld()) {
            return;
        }
        assertThat(HexFormat.of().formatHex(golden.bytes().toArray()))
                .as(
                        "the bytes of %s changed. Data on disks, and nodes of other versions, have the old ones. Give the new"
                                + " form a number of its own, go on reading the old one, keep this file under a name that says"
                                + " its version, with a test that only reads it, and write a new one with -Dgolden.write=true",
                        golden.name())
                .isEqualTo(HexFormat.of().formatHex(committed.toArray()));
    }

    /** No file is without its test: a format that was written once is read for ever. */
    public void checkComplete(List<Golden> goldens) {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .as("golden files and the formats that tests know")
                    .containsExactlyInAnyOrderElementsOf(goldens.stream()
                            .map(golden -> golden.name() + ".txt")
                            .toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return Bytes.wrap(HexFormat.of()
                    .parseHex(lines.filter(line -> !line.startsWith("#")).collect(Collectors.joining())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Path file, Golden golden) {
        StringBuilder text = new StringBuilder();
        String.valueOf(golden.object())
                .lines()
                .forEach(line -> text.append(OBJECT).append(line).append('\n'));
        String digits = HexFormat.of().formatHex(golden.bytes().toArray());
        for (int at = 0; at < digits.length(); at += DIGITS_A_LINE) {
            text.append(digits, at, Math.min(digits.length(), at + DIGITS_A_LINE))
                    .append('\n');
        }
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
