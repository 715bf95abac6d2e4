package io.entente.core.store.directory;

/**
 * Whom a data directory is opened for. A new directory takes this identity for good; any other must have it.
 *
 * @param node the node's name, one line of text
 * @param dataCenter the name of its data center, one line of text
 * @param partitions into how many partitions the cluster's key space is cut, at least 1
 */
public record ExpectedIdentity(String node, String dataCenter, int partitions) {

    /** Checks the form of each part. */
    public ExpectedIdentity {
        requireLine("node", node);
        requireLine("data center", dataCenter);
        if (partitions < 1) {
            throw new IllegalArgumentException("a cluster has at least one partition, not " + partitions);
        }
    }

    static void requireLine(String what, String value) {
        if (value.isBlank() || !value.equals(value.strip()) || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + " must be one line of text without blanks around it, not \"" + value + "\"");
        }
    }
}
