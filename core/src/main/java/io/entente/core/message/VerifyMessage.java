package io.entente.core.message;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What replicas say to each other while one of them, the <i>verifier</i>, compares its records with those of the others.
 *
 * <pre>
 * VerifyMessage
 *   ├─ ToView       verifier → others
 *   │    ├─ ViewAsked      have a view of what you hold, as soon as you have all that I have
 *   │    ├─ DigestsAsked   these are my digests: which ranges differ?
 *   │    ├─ RowsAsked      what do you hold in this range?
 *   │    ├─ KeysAsked      what do you hold under these keys?
 *   │    ├─ ContentAsked   send me these rows
 *   │    ├─ RepairAsked    most hold this instead of what you hold
 *   │    └─ ViewDone       I need your view no more
 *   └─ ToVerifier   others → verifier
 *        ├─ ViewOpened, ViewRefused
 *        └─ RangesDiffer, Rows, Content, Repaired
 * </pre>
 *
 * <p>Each question has a number, and is asked again until its answer has come; an answer names its question.
 */
public sealed interface VerifyMessage {

    /** From the verifier. */
    sealed interface ToView extends VerifyMessage {

        /** Lets {@code handler} treat this message by its kind. */
        void dispatch(Handler handler);

        /** One method a kind of message. */
        interface Handler {
            void onViewAsked(ViewAsked message);

            void onDigestsAsked(DigestsAsked message);

            void onRowsAsked(RowsAsked message);

            void onKeysAsked(KeysAsked message);

            void onContentAsked(ContentAsked message);

            void onRepairAsked(RepairAsked message);

            void onViewDone(ViewDone message);
        }
    }

    /**
     * To the verifier.
     */
    sealed interface ToVerifier extends VerifyMessage {

        /** The number of the question answered; 0 for one of the view as a whole. */
        long number();
    }

    /**
     * Have a view, as soon as you have all that I have.
     *
     * @param at the verifier's vector, at which everything is compared
     */
    record ViewAsked(VersionVector at) implements ToView {

        public ViewAsked {
            Objects.requireNonNull(at, "at");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onViewAsked(this);
        }
    }

    /**
     * I have a view.
     *
     * @param applied its vector, which dominates the verifier's
     * @param moved the rows touched by writes that the verifier's vector doesn't contain: what they were at that vector is gone
     */
    record ViewOpened(VersionVector applied, MovedRows moved) implements ToVerifier {

        public ViewOpened {
            Objects.requireNonNull(applied, "applied");
            Objects.requireNonNull(moved, "moved");
        }

        @Override
        public long number() {
            return 0;
        }
    }

    /**
     * I have no view, or none any more.
     *
     * @param why the reason, as a sentence's end
     */
    record ViewRefused(String why) implements ToVerifier {

        public ViewRefused {
            Objects.requireNonNull(why, "why");
        }

        @Override
        public long number() {
            return 0;
        }
    }

    /**
     * Which of these ranges differ?
     *
     * @param number of the question
     * @param moved the rows that don't count, since they moved on at somebody; left out once the addressee knows them
     * @param from where the first range begins
     * @param ranges the ranges, one after the other
     */
    record DigestsAsked(long number, Optional<MovedRows> moved, Bytes from, List<RangeDigest> ranges)
            implements ToView {

        public DigestsAsked {
            Objects.requireNonNull(moved, "moved");
            Objects.requireNonNull(from, "from");
            ranges = List.copyOf(ranges);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onDigestsAsked(this);
        }
    }

    /**
     * These ranges differ here.
     *
     * @param number of the question
     * @param ranges their places among those asked for, from 0
     */
    record RangesDiffer(long number, List<Integer> ranges) implements ToVerifier {

        public RangesDiffer {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * What do you hold in this range?
     *
     * @param number of the question
     * @param from where it begins
     * @param to the first key after it
     */
    record RowsAsked(long number, Bytes from, Bytes to) implements ToView {

        public RowsAsked {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onRowsAsked(this);
        }
    }

    /**
     * What do you hold under these keys?
     *
     * @param number of the question
     * @param keys rows' keys
     */
    record KeysAsked(long number, List<Bytes> keys) implements ToView {

        public KeysAsked {
            keys = List.copyOf(keys);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onKeysAsked(this);
        }
    }

    /**
     * I hold this.
     *
     * @param number of the question
     * @param rows what there is, in the order of keys; what isn't named, up to where this reaches, is absent
     * @param upTo the first key not looked at; empty when all was
     * @param unreadable whether what follows from there can't be read in order; ask for it by its keys
     */
    record Rows(long number, List<RowState> rows, Optional<Bytes> upTo, boolean unreadable) implements ToVerifier {

        public Rows {
            rows = List.copyOf(rows);
            Objects.requireNonNull(upTo, "upTo");
        }
    }

    /**
     * Send me these rows.
     *
     * @param number of the question
     * @param keys their keys
     */
    record ContentAsked(long number, List<Bytes> keys) implements ToView {

        public ContentAsked {
            keys = List.copyOf(keys);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onContentAsked(this);
        }
    }

    /**
     * Here they are, as far as they fit.
     *
     * @param number of the question
     * @param rows the first of the rows asked for, as they are stored; empty where there is none
     */
    record Content(long number, List<Optional<Bytes>> rows) implements ToVerifier {

        public Content {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Hold this instead of what you hold.
     *
     * @param number of the question
     * @param repairs one a row
     */
    record RepairAsked(long number, List<Repair> repairs) implements ToView {

        public RepairAsked {
            repairs = List.copyOf(repairs);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onRepairAsked(this);
        }
    }

    /**
     * A row that is to be replaced.
     *
     * @param wrong what the addressee said that it holds; if that isn't so any more, nothing is to be done
     * @param right what most hold
     * @param row its bytes; empty where there is none
     */
    record Repair(RowState wrong, RowState right, Optional<Bytes> row) {

        public Repair {
            Objects.requireNonNull(wrong, "wrong");
            Objects.requireNonNull(right, "right");
            Objects.requireNonNull(row, "row");
        }

        /** The bytes of its row and key. */
        public long bytes() {
            return (long) wrong.key().length() + row.map(Bytes::length).orElse(0);
        }
    }

    /**
     * I did, durably.
     *
     * @param number of the question
     * @param done whether each of the repairs was made; else the row isn't what it was, and is compared again another time
     */
    record Repaired(long number, List<Boolean> done) implements ToVerifier {

        public Repaired {
            done = List.copyOf(done);
        }
    }

    /** I need your view no more. */
    record ViewDone() implements ToView {

        @Override
        public void dispatch(Handler handler) {
            handler.onViewDone(this);
        }
    }
}
