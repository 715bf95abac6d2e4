package io.entente.core.repair;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.PartRowCodec;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.message.Digest;
import io.entente.core.message.RowState;
import io.entente.core.message.RowState.Kind;
import io.entente.core.record.PartRow;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Tells of stored rows what all replicas with the same writes must hold alike.
 *
 * <p>That is the versions, or the sum, and of a record with siblings their common ancestors. It is not a row of deletions alone, nor a sum
 * that is wholly reset, nor what is kept beside a single version: those go when a replica finds them stable, on each at another time.
 *
 * <p>Confined to one replica.
 */
public final class RowReader {

    private final SiblingsCodec siblings;
    private final PartRowCodec parts;
    private final MessageDigest sha256;

    /** A reader that decodes origins with {@code origins}. */
    public RowReader(OriginCodec origins) {
        this.siblings = new SiblingsCodec(origins);
        this.parts = new PartRowCodec(origins);
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What the row of that key holds, given its bytes in the store; bytes that are no row are unreadable. */
    public RowState read(Bytes key, Bytes stored) {
        try {
            return PartKeys.isPart(key) ? ofPart(key, stored) : ofRecord(key, stored);
        } catch (MalformedBytesException | UnsupportedFormatException notOne) {
            return RowState.of(key, Kind.UNREADABLE);
        }
    }

    private RowState ofPart(Bytes key, Bytes stored) {
        PartRow row = parts.decode(stored);
        return row.isEmpty() || !row.purgeable().isEmpty()
                ? RowState.of(key, Kind.GONE)
                : RowState.live(key, digest(key, stored));
    }

    private RowState ofRecord(Bytes key, Bytes stored) {
        Siblings record = siblings.decode(stored);
        if (record.isAbsent()) {
            return RowState.of(key, Kind.GONE);
        }
        if (record.ancestry().isNone()) {
            return RowState.live(key, digest(key, stored));
        }
        ByteWriter canonical = new ByteWriter().raw(siblings.encode(new Siblings(record.versions())));
        List<Sibling> ancestors = record.ancestors();
        if (!ancestors.isEmpty()) {
            canonical.raw(siblings.encode(new Siblings(ancestors)));
        }
        return RowState.live(key, digest(key, canonical.take()));
    }

    private Digest digest(Bytes key, Bytes canonical) {
        ByteWriter length = new ByteWriter(Long.BYTES).i64(key.length());
        sha256.update(length.take().unsafeArray());
        sha256.update(key.unsafeArray());
        sha256.update(canonical.unsafeArray());
        ByteReader digest = new ByteReader(sha256.digest());
        return new Digest(digest.i64(), digest.i64());
    }
}
