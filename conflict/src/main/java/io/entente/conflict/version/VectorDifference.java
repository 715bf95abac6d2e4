package io.entente.conflict.version;

/** What one vector has over another: the components that are higher, found in one walk over both. */
final class VectorDifference {

    private VectorDifference() {}

    /**
     * The components of {@code vector} that are higher than in {@code older}; {@code vector} itself when all are.
     */
    static VersionVector of(VersionVector vector, VersionVector older) {
        if (older.isEmpty()) {
            return vector;
        }
        VersionVector.Builder news = new VersionVector.Builder(vector.size());
        int at = 0;
        for (int i = 0; i < vector.size(); i++) {
            Origin origin = vector.originAt(i);
            while (at < older.size() && older.originAt(at).compareTo(origin) < 0) {
                at++;
            }
            if (vector.sequenceAt(i) > sequenceAt(at, origin, older)) {
                news.raise(origin, vector.sequenceAt(i));
            }
        }
        return news.size() == vector.size() ? vector : news.build();
    }

    private static long sequenceAt(int at, Origin origin, VersionVector vector) {
        return at < vector.size() && vector.originAt(at).equals(origin) ? vector.sequenceAt(at) : 0;
    }
}
