package io.entente.conflict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random material for the laws of resolvers. */
final class Histories {

    private static final List<String> DATA_CENTERS = List.of("eu", "us", "ap");

    private Histories() {}

    /**
     * Siblings of different nodes with few times and few values, so that ties are common; a third are deletions.
     */
    static List<Version<String>> siblings(int count, Random random) {
        List<Version<String>> siblings = new ArrayList<>();
        for (int node = 0; node < count; node++) {
            String dataCenter = DATA_CENTERS.get(random.nextInt(DATA_CENTERS.size()));
            long millis = random.nextInt(3);
            String value = "abc".substring(random.nextInt(3));
            siblings.add(
                    random.nextInt(3) == 0
                            ? Siblings.delete(dataCenter, node, millis)
                            : Siblings.put(dataCenter, node, millis, value));
        }
        return siblings;
    }

    static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
