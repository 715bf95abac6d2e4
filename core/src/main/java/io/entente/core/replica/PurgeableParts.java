package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.StoreKeys;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of mergeable values that hold deletions alone, and tallies that are wholly reset: when the reset is stable, every contribution
 * still to come has seen it and begins a tally anew, and every reset still to come has seen it too and doesn't name this one.
 */
final class PurgeableParts implements PurgeList {

    private final StoreReader store;
    private final PartKeys keys;
    private final Parts parts;
    private final Stability stability;
    private final OriginCodec origins = new OriginCodec(new OriginPool());

    PurgeableParts(StoreReader store, PartKeys keys, Parts parts, Stability stability) {
        this.store = store;
        this.keys = keys;
        this.parts = parts;
        this.stability = stability;
    }

    @Override
    public Bytes begin(Origin origin, long sequence) {
        return keys.purgeable(origin, sequence);
    }

    @Override
    public List<Listed> list(Bytes from, Bytes to, int atMost) {
        List<Listed> rows = new ArrayList<>();
        try (Scan scan = store.scan(Table.META, from, to)) {
            while (rows.size() < atMost && scan.advance()) {
                Bytes listed = scan.key();
                ByteReader in = StoreKeys.metaTail(listed);
                origins.readOrigin(in);
                in.i64();
                Bytes rowKey = in.rest();
                rows.add(new Listed(listed, () -> purgeIfStable(rowKey)));
            }
        }
        return rows;
    }

    private void purgeIfStable(Bytes rowKey) {
        List<Dot> dots = parts.row(rowKey).purgeable();
        if (!dots.isEmpty() && dots.stream().allMatch(stability::isStable)) {
            parts.remove(rowKey);
        }
    }
}
