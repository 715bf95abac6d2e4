package io.entente.samples.embedding.journal;

import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.store.StoreException;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A journal's file, open for appending. Confined to one thread at a time.
 */
final class JournalFile implements AutoCloseable {

    private final FileChannel channel;

    private JournalFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens the file, or makes one, shows its records in their order, and takes off a torn end: what was cut there had not returned from its commit, or was not promised to survive.
     *
     * @throws StoreException when it is damaged before its end
     */
    static JournalFile open(Path file, Consumer<JournalRecord> records) throws IOException {
        long sound = Files.exists(file) ? replay(file, records) : 0;
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.truncate(sound).position(sound);
            syncNames(file);
            return new JournalFile(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Writes a journal that consists of one record, in place of what is there; durable on return. */
    static void write(Path file, JournalRecord only) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            append(channel, only.encoded());
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        syncNames(file);
    }

    private static long replay(Path file, Consumer<JournalRecord> records) throws IOException {
        Bytes all = Bytes.wrap(Files.readAllBytes(file));
        int at = 0;
        while (all.length() - at >= JournalRecord.LENGTH_BYTES) {
            long length = lengthAt(file, all, at);
            if (length > all.length() - at) {
                return at;
            }
            boolean last = at + length == all.length();
            JournalRecord record;
            try {
                record = JournalRecord.decoded(all, at, (int) length);
            } catch (MalformedBytesException damaged) {
                if (last) {
                    return at;
                }
                throw damaged(file, at, damaged);
            }
            records.accept(record);
            at += (int) length;
        }
        return at;
    }

    private static long lengthAt(Path file, Bytes all, int at) {
        try {
            return JournalRecord.lengthAt(all, at);
        } catch (MalformedBytesException damaged) {
            throw damaged(file, at, damaged);
        }
    }

    private static StoreException damaged(Path file, int at, MalformedBytesException how) {
        return new StoreException(
                "the journal " + file + " is damaged at offset " + at + ": " + how.getMessage(), how, false);
    }

    /**
     * Adds a record; whether it is there when this fails isn't known.
     *
     * @throws SyncFailedException when all of it was written, but not brought to the device
     */
    void append(JournalRecord record, boolean synced) throws IOException {
        append(channel, record.encoded());
        if (synced) {
            sync();
        }
    }

    private void sync() throws SyncFailedException {
        try {
            channel.force(false);
        } catch (IOException failed) {
            SyncFailedException failure = new SyncFailedException("sync failed: " + failed.getMessage());
            failure.initCause(failed);
            throw failure;
        }
    }

    private static void append(FileChannel channel, Bytes record) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(record.unsafeArray());
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** How many bytes it has. */
    long size() throws IOException {
        return channel.size();
    }

    /** Brings everything to the device. */
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A new name is durable when its directory is. */
    private static void syncNames(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null
                && directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }
}
