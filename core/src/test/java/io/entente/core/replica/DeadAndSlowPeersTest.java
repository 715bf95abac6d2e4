package io.entente.core.replica;

import static io.entente.core.replica.SteadyLoad.AP;
import static io.entente.core.replica.SteadyLoad.EU;
import static io.entente.core.replica.SteadyLoad.US;
import static io.entente.core.replica.SteadyLoad.WRITES_A_ROUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.Bytes;
import io.entente.core.message.EncodedEntry;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.Progress;
import io.entente.core.message.PeerMessage.Subscribe;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that is dead or slow costs its source no memory and its neighbours no time, and gets everything when it returns. */
class DeadAndSlowPeersTest {

    private static final int WRITES = 500_000;
    private static final Duration LONG_DEAD = Duration.ofSeconds(5);
    private static final Limits LIMITS = Limits.defaults();

    /** Of the entries, the tail; of the cache, what it weighs; and what belongs to the steps under way. */
    private static final long MOST_CONTENT_BYTES = LIMITS.tailBytes() + LIMITS.cacheBytes() + 1_000_000;

    private static final long MOST_HEAP_GROWTH = 96L << 20;

    @TempDir
    Path directory;

    @Test
    void aDeadReceiverCostsItsSourceNoMemoryAndIsServedFromTheLogWhenItReturns() {
        deadThroughout(WRITES);
    }

    @Test
    @Tag("soak")
    void aReceiverDeadForTenMillionWritesCostsItsSourceNoMemory() {
        deadThroughout(Integer.getInteger("soak.writes", 10_000_000));
    }

    private void deadThroughout(int writes) {
        try (SteadyLoad load = new SteadyLoad(directory)) {
            write(load, 20 * WRITES_A_ROUND);
            load.kill(AP);
            load.pass(LONG_DEAD);
            write(load, writes / 10);
            Retained early = Retained.by(load.replica(EU));
            long heapEarly = heapAfterCollection();
            long sentEarly = load.entryBytesTo(AP);

            write(load, writes - writes / 10);
            Retained late = Retained.by(load.replica(EU));
            System.out.println(writes + " writes with a dead receiver: the source holds " + late
                    + ", after a tenth of them " + early + "; the heap grew by "
                    + ((heapAfterCollection() - heapEarly) >> 10) + " KiB since");
            assertThat(load.entryBytesTo(AP)).as("sent to the dead").isEqualTo(sentEarly);
            holdsLittle(load, late);
            assertThat(late.objects()).isLessThan(early.objects() + early.objects() / 10);
            assertThat(heapAfterCollection() - heapEarly).isLessThan(MOST_HEAP_GROWTH);

            load.start(AP, Standing.INTACT);
            catchUp(load);
            holdsLittle(load, Retained.by(load.replica(EU)));
            sameRecords(load);
        }
    }

    @Test
    void aReceiverThatNeverRenewsItsCreditIsSentNoMoreThanThatAndSlowsNobody() {
        try (SteadyLoad load = new SteadyLoad(directory)) {
            write(load, 2 * WRITES_A_ROUND);
            load.wire((from, to, message) -> !from.equals(AP) || !givesCredit(message));
            long sent = load.entryBytesTo(AP);
            write(load, 100 * WRITES_A_ROUND);
            assertThat(load.entryBytesTo(AP) - sent).isLessThan(2 * LIMITS.creditBytes());
            holdsLittle(load, Retained.by(load.replica(EU)));

            load.wire((from, to, message) -> true);
            catchUp(load);
            sameRecords(load);
        }
    }

    @Test
    void aReceiverThatRenewsItsCreditSlowlyFallsBehindIsServedFromTheLogAndSlowsNobody() {
        try (SteadyLoad load = new SteadyLoad(directory)) {
            write(load, 2 * WRITES_A_ROUND);
            int[] renewals = {0};
            load.wire((from, to, message) -> !from.equals(AP) || !givesCredit(message) || renewals[0]++ % 200 == 0);
            write(load, 100 * WRITES_A_ROUND);
            long behind = load.replica(EU).applied().total()
                    - load.replica(AP).applied().total();
            assertThat(behind * 100).as("far more than the tail holds").isGreaterThan(4 * LIMITS.tailBytes());
            holdsLittle(load, Retained.by(load.replica(EU)));

            load.wire((from, to, message) -> true);
            catchUp(load);
            sameRecords(load);
        }
    }

    private static boolean givesCredit(PeerMessage message) {
        return message instanceof Subscribe
                || (message instanceof Progress progress && progress.credit().isPresent());
    }

    /** The second node has everything after every round, whatever the third one does. */
    private static void write(SteadyLoad load, int writes) {
        for (int rounds = writes / WRITES_A_ROUND; rounds > 0; rounds--) {
            load.write();
            assertThat(load.replica(US).applied()).isEqualTo(load.replica(EU).applied());
        }
    }

    private static void holdsLittle(SteadyLoad load, Retained retained) {
        assertThat(retained.contentBytes()).isLessThan(MOST_CONTENT_BYTES);
        assertThat(Retained.count(load.replica(EU), EncodedEntry.class) * 100)
                .as("entries of at least 100 bytes in the tail")
                .isLessThan(LIMITS.tailBytes() + 100L * 2 * WRITES_A_ROUND);
        assertThat(Retained.count(load.replica(EU), Entries.class)).isZero();
        assertThat(Retained.count(load.replica(EU), Feed.class)).isLessThanOrEqualTo(2);
    }

    private static void catchUp(SteadyLoad load) {
        long total = load.replica(EU).applied().total();
        for (int rounds = 0; rounds < 400; rounds++) {
            load.round();
            if (load.replica(AP).applied().equals(load.replica(EU).applied())) {
                return;
            }
        }
        assertThat(load.replica(AP).applied().total()).as("caught up").isEqualTo(total);
    }

    private static void sameRecords(SteadyLoad load) {
        Bytes first = Bytes.empty();
        Bytes last = Bytes.wrap(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
        try (Scan here = load.store(EU).scan(Table.RECORD, first, last);
                Scan there = load.store(AP).scan(Table.RECORD, first, last)) {
            int records = 0;
            while (here.advance()) {
                assertThat(there.advance()).isTrue();
                assertThat(there.key()).isEqualTo(here.key());
                assertThat(there.value()).isEqualTo(here.value());
                records++;
            }
            assertThat(there.advance()).isFalse();
            assertThat(records)
                    .isEqualTo(Math.min(10_000, (int) load.replica(EU).applied().total()));
        }
    }

    private static long heapAfterCollection() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
