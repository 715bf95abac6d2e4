package io.entente.core.store.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The identifier of this boot of the operating system. */
final class BootId {

    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    /** The length of a UUID's text; what is longer is no boot identifier. */
    private static final int MAX_CHARS = 36;

    private BootId() {}

    /** Empty where there is none: no two openings are then known to be of the same boot. */
    static String current() {
        try {
            String id = Files.readString(LINUX).strip();
            return id.length() <= MAX_CHARS ? id : "";
        } catch (IOException notLinux) {
            return "";
        }
    }
}
