package io.entente.samples.peers;

import java.nio.file.Path;

/** The systems to compare with. */
enum PeerKind {
    INFINISPAN("infinispan", "Infinispan 15, in memory", "memory; a write is lost with its process") {
        @Override
        Peer start(Path directory) {
            return InfinispanPeer.inMemory();
        }
    },
    INFINISPAN_FILE(
            "infinispan-file",
            "Infinispan 15, file store",
            "written through to files, not synced; the queue to other sites is in memory") {
        @Override
        Peer start(Path directory) {
            return InfinispanPeer.withFileStore(directory);
        }
    },
    AKKA_DISTRIBUTED_DATA("akka-ddata", "Akka Distributed Data", "memory; a write is lost with its process") {
        @Override
        Peer start(Path directory) {
            return DistributedDataPeer.inMemory();
        }
    },
    AKKA_DISTRIBUTED_DATA_LMDB(
            "akka-ddata-lmdb", "Akka Distributed Data, LMDB", "each write a synced LMDB transaction") {
        @Override
        Peer start(Path directory) {
            return DistributedDataPeer.durable(directory);
        }
    };

    private final String id;
    private final String label;
    private final String durability;

    PeerKind(String id, String label, String durability) {
        this.id = id;
        this.label = label;
        this.durability = durability;
    }

    /** Starts three sites; returns when they know each other. */
    abstract Peer start(Path directory);

    String id() {
        return id;
    }

    String label() {
        return label;
    }

    String durability() {
        return durability;
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return id;
    }
}
