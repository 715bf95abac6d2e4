package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.SnapshotRow;

/** The vector of the snapshot that is being fetched, as far as its rows have come. */
final class StagedVector {

    private final StoreKeys keys;
    private final OriginCodec origins;
    private final Bytes places;
    private VersionVector.Builder vector = new VersionVector.Builder();

    StagedVector(StoreKeys keys, OriginCodec origins) {
        this.keys = keys;
        this.origins = origins;
        this.places = StoreKeys.placeOfMeta(keys.vectors());
    }

    /** Another snapshot begins, of which that much is staged already. */
    void begin(VersionVector staged) {
        vector = new VersionVector.Builder();
        staged.forEach(vector::raise);
    }

    void add(SnapshotRow row) {
        Bytes place = row.place();
        if (place.length() > places.length() && place.slice(0, places.length()).equals(places)) {
            vector.raise(
                    origins.readOrigin(StoreKeys.metaTail(keys.keyOf(place))), new ByteReader(row.value()).varint());
        }
    }

    VersionVector vector() {
        return vector.build();
    }
}
