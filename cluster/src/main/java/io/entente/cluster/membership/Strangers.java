package io.entente.cluster.membership;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Who was met at which address and isn't listened to, and why. Bounded, for they come from the network. Thread-safe. */
final class Strangers {

    /** How many are remembered of each kind. */
    private static final int MOST = 256;

    /** How long it is said of a silent process that it lives under a name that another one has: many greetings. */
    static final long SILENCE_NANOS = 10_000_000_000L;

    private final Map<String, String> all = new ConcurrentSkipListMap<>();
    private final Map<String, String> seeds = new ConcurrentSkipListMap<>();
    private final Map<String, Twin> twins = new ConcurrentSkipListMap<>();

    /** Notes why a node can't be talked to; whether that is news. */
    boolean note(String address, String why) {
        return hasRoom(all, address) && !why.equals(all.put(address, why));
    }

    /** Notes why a seed can't be a peer. */
    void refuse(String address, String why) {
        if (hasRoom(seeds, address)) {
            seeds.put(address, why);
        }
    }

    /** Was heard just now, under a name that another process has, or this one. */
    void twin(String address, String why, long nowNanos) {
        if (hasRoom(twins, address)) {
            twins.put(address, new Twin(why, nowNanos));
        }
    }

    /** Whoever is there is a peer now. */
    void welcome(String address) {
        all.remove(address);
        seeds.remove(address);
        twins.remove(address);
    }

    /** Why they can't be talked to, one sentence each. */
    List<String> sentences() {
        return List.copyOf(all.values());
    }

    /** Why seeds can't be peers, one sentence each. */
    List<String> refusals() {
        return List.copyOf(seeds.values());
    }

    /** Which names two processes live under that were both heard lately, one sentence each. */
    List<String> twins(long nowNanos) {
        twins.values().removeIf(twin -> nowNanos - twin.heardAtNanos > SILENCE_NANOS);
        return twins.values().stream().map(Twin::why).toList();
    }

    private static boolean hasRoom(Map<String, ?> notes, String address) {
        return notes.size() < MOST || notes.containsKey(address);
    }

    private record Twin(String why, long heardAtNanos) {}
}
