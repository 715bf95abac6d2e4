package io.entente.core.message;

import io.entente.core.bytes.Bytes;
import java.util.Objects;

/**
 * What a replica holds under a key of its records, as far as replicas with the same writes must hold the same.
 *
 * @param key the row's key in the store, which is the same at all copies of a partition
 * @param kind whether it holds something
 * @param digest of a {@link Kind#LIVE} row; else none
 */
public record RowState(Bytes key, Kind kind, Digest digest) {

    public RowState {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(digest, "digest");
    }

    /** A row that holds something. */
    public static RowState live(Bytes key, Digest digest) {
        return new RowState(key, Kind.LIVE, digest);
    }

    /** Of another kind. */
    public static RowState of(Bytes key, Kind kind) {
        return new RowState(key, kind, Digest.none());
    }

    /** Whether it says the same as another one: a deletion that is purged and one that isn't yet do. */
    public boolean agreesWith(RowState other) {
        return kind.isReadable()
                && other.kind.isReadable()
                && (kind == Kind.LIVE) == (other.kind == Kind.LIVE)
                && digest.equals(other.digest);
    }

    /** What there is under a key. */
    public enum Kind {
        /** A row that readers see, or that counts. */
        LIVE,
        /** Deletions alone, or a sum that is wholly reset: it goes when it is stable. */
        GONE,
        /** No row. */
        ABSENT,
        /** A row that fails its checksum, or isn't one. */
        UNREADABLE;

        /** Whether the row says anything. */
        public boolean isReadable() {
            return this != UNREADABLE;
        }
    }
}
