package io.entente.core.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** The write-ahead logs of a database that nobody has open. */
final class WriteAheadLogs {

    private static final String SUFFIX = ".log";

    private WriteAheadLogs() {}

    /** Has the device hold all that they show, which may be more than what was ever synced. */
    static void bringToDevice(Path database) throws IOException {
        if (!Files.isDirectory(database)) {
            return;
        }
        try (Stream<Path> files = Files.list(database)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(SUFFIX)).toList()) {
                try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
    }
}
