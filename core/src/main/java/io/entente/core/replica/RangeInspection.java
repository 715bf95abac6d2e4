package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.message.RowState;
import io.entente.core.message.RowState.Kind;
import io.entente.core.message.VerifyMessage.KeysAsked;
import io.entente.core.message.VerifyMessage.Rows;
import io.entente.core.message.VerifyMessage.RowsAsked;
import io.entente.core.message.VerifyMessage.ToVerifier;
import io.entente.core.repair.Ballot;
import io.entente.core.repair.ViewRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Finds the rows that differ in one range: has everybody list what it holds, asks those by key who can't read on in order, and
 * compares.
 */
final class RangeInspection {

    private static final int MOST_ROWS = 1_024;

    private final Verification run;
    private final Bytes from;
    private final Bytes to;
    private final BiConsumer<Bytes, Map<Bytes, Ballot>> found;
    private final Map<NodeId, Listing> listings = new TreeMap<>();

    /**
     * An inspection of a range.
     *
     * @param found takes the first key that wasn't inspected, the end of the range for none, and the rows that differ
     */
    RangeInspection(Verification run, Bytes from, Bytes to, BiConsumer<Bytes, Map<Bytes, Ballot>> found) {
        this.run = run;
        this.from = from;
        this.to = to;
        this.found = found;
    }

    void begin() {
        Listing own = new Listing();
        ViewRows.Slice slice = run.rows().read(from, to, MOST_ROWS, own::add);
        own.unreadable = slice.unreadable();
        own.upTo = slice.next();
        listings.put(run.self(), own);
        run.peers()
                .ask(
                        (node, number) -> new RowsAsked(number, from, to),
                        run.peers().compared(),
                        this::listed);
    }

    private void listed(Map<NodeId, ToVerifier> answers) {
        answers.forEach((node, answer) -> {
            if (answer instanceof Rows rows) {
                Listing listing = new Listing();
                rows.rows().forEach(listing::add);
                listing.upTo = rows.upTo().orElse(to);
                listing.unreadable = rows.unreadable();
                listings.put(node, listing);
            }
        });
        Bytes reached = to;
        for (Listing listing : listings.values()) {
            boolean bounds = !listing.unreadable && listing.upTo.compareTo(reached) < 0;
            reached = bounds ? listing.upTo : reached;
        }
        Bytes end = reached;
        if (listings.values().stream().allMatch(listing -> listing.unreadable)) {
            run.nobodyKnows(from);
        }
        TreeSet<Bytes> keys = new TreeSet<>();
        listings.values().forEach(listing -> keys.addAll(listing.rows.keySet()));
        keys.removeIf(key -> key.compareTo(end) >= 0 || run.moved().covers(key));
        boolean cut = keys.size() > MOST_ROWS;
        while (keys.size() > MOST_ROWS) {
            keys.pollLast();
        }
        askByKey(cut ? StoreKeys.behind(keys.last()) : end, keys);
    }

    private void askByKey(Bytes end, TreeSet<Bytes> keys) {
        List<NodeId> blind = new ArrayList<>();
        listings.forEach((node, listing) -> {
            if (listing.unreadable && !node.equals(run.self())) {
                blind.add(node);
            }
        });
        Listing own = listings.getOrDefault(run.self(), new Listing());
        List<Bytes> wanted = new ArrayList<>(keys);
        if (own.unreadable) {
            wanted.stream()
                    .filter(key -> key.compareTo(own.upTo) >= 0)
                    .forEach(key -> own.add(run.rows().state(key)));
        }
        if (blind.isEmpty() || wanted.isEmpty()) {
            compare(end, keys);
            return;
        }
        run.peers().ask((node, number) -> new KeysAsked(number, wanted), blind, answers -> {
            answers.forEach((node, answer) -> {
                Listing listing = listings.get(node);
                if (listing != null && answer instanceof Rows rows) {
                    rows.rows().forEach(listing::add);
                }
            });
            compare(end, keys);
        });
    }

    private void compare(Bytes end, TreeSet<Bytes> keys) {
        listings.keySet()
                .removeIf(node ->
                        !node.equals(run.self()) && !run.peers().compared().contains(node));
        Map<Bytes, Ballot> differing = new TreeMap<>();
        for (Bytes key : keys) {
            TreeMap<NodeId, RowState> states = new TreeMap<>();
            listings.forEach((node, listing) -> states.put(
                    node, Optional.ofNullable(listing.rows.get(key)).orElseGet(() -> RowState.of(key, Kind.ABSENT))));
            Ballot ballot = new Ballot(states);
            if (!ballot.isUnanimous()) {
                differing.put(key, ballot);
            }
        }
        found.accept(end, differing);
    }

    /** What one replica holds in the range. */
    private static final class Listing {
        private final Map<Bytes, RowState> rows = new TreeMap<>();
        private Bytes upTo = Bytes.empty();
        private boolean unreadable;

        private void add(RowState row) {
            rows.put(row.key(), row);
        }
    }
}
