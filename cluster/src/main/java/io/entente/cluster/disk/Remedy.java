package io.entente.cluster.disk;

/** What an operator does about a disk that doesn't give back what it was given. */
public final class Remedy {

    private Remedy() {}

    /** For a node whose store is damaged, as the end of a sentence. */
    public static String ofDamage(String node) {
        return "once the others have all that node " + node
                + " wrote (lagEntries is 0 in its GET /cluster), stop it, check the disk, move"
                + " the directory store out of its data directory (and nothing else: the rest says which cluster it belongs to), and start it"
                + " again with another node among its seeds: it fetches everything from the others";
    }
}
