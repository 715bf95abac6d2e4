package io.entente.core.store.directory;

import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the identity file says: a line {@code name=value} each, the format first, the checksum of the lines before it
 * last. The line {@code acquainted} is there only where it says {@code true}; versions that don't know it pass over it.
 *
 * @param owner whom the directory was made for
 * @param cluster the cluster it belongs to, once known
 * @param joined whether the node has been a member of that cluster
 * @param acquainted whether the node has ever met another one of that cluster
 * @param doubt why the store may have lost data, until the node has caught up
 */
record Identity(
        ExpectedIdentity owner, Optional<String> cluster, boolean joined, boolean acquainted, Optional<String> doubt) {

    /** The format of the whole directory. */
    static final int FORMAT = 1;

    private static final String ACQUAINTED = "acquainted";

    static Identity of(ExpectedIdentity owner) {
        return new Identity(owner, Optional.empty(), false, false, Optional.empty());
    }

    Identity inCluster(String id) {
        return new Identity(owner, Optional.of(id), joined, acquainted, doubt);
    }

    Identity asMember() {
        return new Identity(owner, cluster, true, acquainted, doubt);
    }

    Identity acquaintedWithOthers() {
        return new Identity(owner, cluster, joined, true, doubt);
    }

    Identity inDoubt(String reason) {
        return new Identity(owner, cluster, joined, acquainted, Optional.of(reason));
    }

    Identity withoutDoubt() {
        return new Identity(owner, cluster, joined, acquainted, Optional.empty());
    }

    Bytes encoded() {
        StringBuilder lines = new StringBuilder();
        line(lines, "format", Integer.toString(FORMAT));
        line(lines, "node", owner.node());
        line(lines, "data-center", owner.dataCenter());
        line(lines, "partitions", Integer.toString(owner.partitions()));
        line(lines, "cluster", cluster.orElse(""));
        line(lines, "joined", Boolean.toString(joined));
        if (acquainted) {
            line(lines, ACQUAINTED, Boolean.toString(true));
        }
        line(lines, "may-have-lost", doubt.orElse(""));
        line(lines, "checksum", checksum(lines.toString()));
        return Bytes.utf8(lines.toString());
    }

    /**
     * What the text of an identity file says.
     *
     * @throws IllegalArgumentException when it is of another format, or damaged; says which, and is meant to end a
     *     sentence
     */
    static Identity decoded(String text) {
        Map<String, String> lines = new LinkedHashMap<>();
        text.lines().filter(line -> line.contains("=")).forEach(line -> {
            int equals = line.indexOf('=');
            lines.put(line.substring(0, equals), line.substring(equals + 1));
        });
        String format = lines.getOrDefault("format", "");
        if (!format.equals(Integer.toString(FORMAT)) && format.matches("[0-9]+")) {
            throw new IllegalArgumentException("has format " + format + ", but this version of Entente knows format "
                    + FORMAT + ": use the version that wrote it, or another directory");
        }
        requireUndamaged(text, lines);
        return new Identity(
                new ExpectedIdentity(
                        lines.getOrDefault("node", ""),
                        lines.getOrDefault("data-center", ""),
                        Integer.parseInt(lines.getOrDefault("partitions", ""))),
                optional(lines, "cluster"),
                Boolean.parseBoolean(lines.get("joined")),
                Boolean.parseBoolean(lines.get(ACQUAINTED)),
                optional(lines, "may-have-lost"));
    }

    private static void requireUndamaged(String text, Map<String, String> lines) {
        int last = text.lastIndexOf("checksum=");
        if (last < 0 || !checksum(text.substring(0, last)).equals(lines.get("checksum"))) {
            throw new IllegalArgumentException(
                    "has a damaged file \"identity\": restore that file from a backup, or move "
                            + "the directory away and start the node empty");
        }
    }

    private static Optional<String> optional(Map<String, String> lines, String name) {
        return Optional.of(lines.getOrDefault(name, "")).filter(value -> !value.isEmpty());
    }

    private static void line(StringBuilder lines, String name, String value) {
        lines.append(name).append('=').append(value).append('\n');
    }

    private static String checksum(String lines) {
        return String.format("%08x", new ByteWriter().raw(Bytes.utf8(lines)).crc32c(0));
    }
}
