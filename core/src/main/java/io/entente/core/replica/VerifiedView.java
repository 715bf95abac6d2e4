package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.MovedRows;
import io.entente.core.message.RangeDigest;
import io.entente.core.message.RowState;
import io.entente.core.message.VerifyMessage.Content;
import io.entente.core.message.VerifyMessage.DigestsAsked;
import io.entente.core.message.VerifyMessage.KeysAsked;
import io.entente.core.message.VerifyMessage.RangesDiffer;
import io.entente.core.message.VerifyMessage.Rows;
import io.entente.core.message.VerifyMessage.RowsAsked;
import io.entente.core.message.VerifyMessage.ToView;
import io.entente.core.repair.MovedSince;
import io.entente.core.repair.Moves;
import io.entente.core.repair.ViewRows;
import io.entente.core.store.StoreDamagedException;
import io.entente.core.store.StoreSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A view of this replica's records that a verifier asks about. */
final class VerifiedView {

    /** Rows told at once at the most. */
    private static final int MOST_ROWS = 1_024;

    private final StoreSnapshot view;
    private final VersionVector applied;
    private final MovedRows movedHere;
    private final ViewRows rows;
    private MovedRows moved;
    private boolean isMeant;
    private final MovedSince movedSince;
    private @Nullable Comparison comparison;

    VerifiedView(StoreSnapshot view, VersionVector applied, MovedRows movedHere, Moves moves, ViewRows rows) {
        this.view = view;
        this.applied = applied;
        this.movedHere = movedHere;
        this.moved = movedHere;
        this.rows = rows;
        this.movedSince = new MovedSince(moves, applied);
    }

    VersionVector applied() {
        return applied;
    }

    ViewRows rows() {
        return rows;
    }

    /** Which rows have moved on since. */
    MovedSince movedSince() {
        return movedSince;
    }

    /** The rows that this replica's writes beyond the verifier's vector touch. */
    MovedRows movedHere() {
        return movedHere;
    }

    /**
     * Whether the verifier means this view, and not one that an earlier process of this node opened for it, of which it may still hear: then it leaves out
     * what moved on here, and says so before it asks anything else.
     */
    boolean isMeantBy(ToView question) {
        if (question instanceof DigestsAsked digests) {
            digests.moved().ifPresent(out -> isMeant |= out.with(movedHere).equals(out));
        }
        return isMeant;
    }

    /** Compares one slice further; the answer when it was the last. */
    Optional<RangesDiffer> compare(DigestsAsked question) {
        Comparison current = comparison;
        if (current == null || current.question.number() != question.number()) {
            moved = question.moved().orElse(moved);
            current = new Comparison(question);
            comparison = current;
        }
        return current.proceed();
    }

    Rows list(RowsAsked question) {
        List<RowState> found = new ArrayList<>();
        ViewRows.Slice read = rows.read(question.from(), question.to(), MOST_ROWS, found::add);
        boolean all = read.next().equals(question.to()) && !read.unreadable();
        return new Rows(question.number(), found, all ? Optional.empty() : Optional.of(read.next()), read.unreadable());
    }

    Rows look(KeysAsked question) {
        List<RowState> found = new ArrayList<>();
        for (Bytes key : question.keys()) {
            found.add(rows.state(key));
        }
        return new Rows(question.number(), found, Optional.empty(), false);
    }

    /** The first of these rows, as far as they fit in a message and can be read. */
    Content content(long number, List<Bytes> keys) {
        List<Optional<Bytes>> found = new ArrayList<>();
        long bytes = 0;
        try {
            for (Bytes key : keys) {
                Optional<Bytes> row = rows.content(key);
                bytes += row.map(Bytes::length).orElse(0);
                if (bytes > VerificationScope.BYTES_A_MESSAGE && !found.isEmpty()) {
                    break;
                }
                found.add(row);
            }
        } catch (StoreDamagedException damaged) {
            return new Content(number, found);
        }
        return new Content(number, found);
    }

    void close() {
        view.close();
    }

    private final class Comparison {

        private final DigestsAsked question;
        private final List<Integer> differing = new ArrayList<>();
        private int range;
        private Bytes position;
        private RangeSum sum = new RangeSum();

        private Comparison(DigestsAsked question) {
            this.question = question;
            this.position = question.from();
        }

        private Optional<RangesDiffer> proceed() {
            int left = VerificationScope.ROWS_A_SLICE;
            while (left > 0 && range < question.ranges().size()) {
                left -= readSome(question.ranges().get(range), left);
            }
            return range < question.ranges().size()
                    ? Optional.empty()
                    : Optional.of(new RangesDiffer(question.number(), differing));
        }

        private int readSome(RangeDigest asked, int most) {
            int[] read = {1};
            ViewRows.Slice slice = rows.read(position, asked.to(), most, row -> {
                read[0]++;
                sum.add(row, moved);
            });
            position = slice.next();
            if (slice.unreadable()) {
                sum.breaksOff();
            }
            if (position.equals(asked.to()) || sum.isUnreadable()) {
                if (sum.isUnreadable() || !sum.upTo(asked.to()).equals(asked)) {
                    differing.add(range);
                }
                range++;
                position = asked.to();
                sum = new RangeSum();
            }
            return read[0];
        }
    }
}
