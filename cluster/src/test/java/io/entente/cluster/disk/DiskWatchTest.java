package io.entente.cluster.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.store.StoreDamagedException;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiskWatchTest {

    private static final long MEBIBYTE = 1 << 20;
    private static final long RESERVE = 64 * MEBIBYTE;

    private final ScriptedDisk disk = new ScriptedDisk();
    private final Told told = new Told();
    private final DiskWatch watch = new DiskWatch("eu-1", disk, RESERVE, told);

    @Test
    void withRoomNothingIsSaidAndABallastIsTakenOnce() {
        watch.look();
        watch.look();
        assertThat(told.events).isEmpty();
        assertThat(told.refusal).isEmpty();
        assertThat(disk.events).containsExactly("ballast of 4 MiB");
    }

    @Test
    void belowTheReserveNothingIsTakenInUntilThereIsClearlyRoomAgain() {
        watch.look();
        disk.usable = RESERVE - 1;
        watch.look();
        assertThat(told.events).containsExactly("scarce");
        assertThat(told.refusal)
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("disk of node eu-1 is full", "64.0 MiB", "make room on its disk", "by itself"));
        disk.usable = RESERVE + 1;
        watch.look();
        assertThat(told.refusal).as("too little to begin again").isPresent();
        disk.usable = 2 * RESERVE;
        watch.look();
        assertThat(told.refusal).isEmpty();
        assertThat(told.events).endsWith("room");
        told.events.clear();
        watch.look();
        assertThat(told.events).isEmpty();
    }

    @Test
    void aCommitThatWasBrokenOffHasTheStoreOpenedAnewWhileNobodyWrites() {
        watch.look();
        disk.usable = 0;
        watch.brokeOff();
        assertThat(told.refusal).isPresent();
        watch.look();
        assertThat(told.events).startsWith("fence", "go on", "scarce");
        assertThat(disk.events).endsWith("opened anew");
        assertThat(told.refusal).as("there is no room yet").isPresent();

        disk.usable = 2 * RESERVE;
        watch.look();
        assertThat(told.refusal).isEmpty();
        assertThat(told.events).endsWith("room");
        assertThat(disk.events).as("the ballast was given up for it").endsWith("ballast of 4 MiB");
    }

    @Test
    void aStoreThatFindsNoRoomIsOpenedAtALaterLook() {
        disk.usable = MEBIBYTE;
        disk.failure = new StoreFullException("no space", new IllegalStateException());
        watch.brokeOff();
        watch.look();
        assertThat(told.events).containsExactly("fence");
        disk.failure = null;
        watch.look();
        assertThat(told.events).contains("go on");
    }

    @Test
    void aStoreIsNotClosedWhereThereIsNoRoomToOpenIt() {
        disk.usable = 0;
        watch.brokeOff();
        watch.look();
        assertThat(told.events).isEmpty();
        assertThat(disk.events).isEmpty();
    }

    @Test
    void aStoreThatLacksSomethingIsGivenUpUntilANewStart() {
        disk.usable = 2 * RESERVE;
        disk.failure = new StoreException("had head 7", false);
        watch.brokeOff();
        watch.look();
        watch.brokeOff();
        watch.look();
        assertThat(told.events).containsExactly("fence", "gave up");
    }

    @Test
    void damageIsToldOnceWithWhatToDoAboutIt() {
        watch.look();
        disk.damage = Optional.of(new StoreDamagedException(
                "the store in /data could not be read: block checksum mismatch", new IllegalStateException(), false));
        watch.look();
        watch.look();
        assertThat(told.events)
                .singleElement()
                .asString()
                .contains(
                        "block checksum mismatch",
                        "verification",
                        "move the directory store out of its data directory",
                        "start it again");
        assertThat(told.refusal).as("it goes on all the same").isEmpty();
    }

    @Test
    void withoutAReserveOnlyAFailedCommitCounts() {
        DiskWatch careless = new DiskWatch("eu-1", disk, 0, told);
        disk.usable = 0;
        careless.look();
        assertThat(told.refusal).isEmpty();
        disk.usable = MEBIBYTE / 2;
        careless.brokeOff();
        careless.look();
        assertThat(told.events).contains("go on");
        assertThat(told.refusal).isPresent();
        disk.usable = 2 * MEBIBYTE;
        careless.look();
        assertThat(told.refusal).isEmpty();
    }

    private static final class ScriptedDisk implements Disk {

        private final List<String> events = new ArrayList<>();
        private long usable = 10 * RESERVE;
        private @Nullable StoreException failure;
        private Optional<StoreDamagedException> damage = Optional.empty();

        @Override
        public long usableBytes() {
            return usable;
        }

        @Override
        public void takeBallast(long bytes) {
            events.add("ballast of " + bytes / MEBIBYTE + " MiB");
        }

        @Override
        public Optional<StoreDamagedException> damage() {
            return damage;
        }

        @Override
        public void reopen() {
            if (failure != null) {
                throw failure;
            }
            events.add("opened anew");
        }
    }

    private static final class Told implements DiskDependents {

        private final List<String> events = new ArrayList<>();
        private Optional<String> refusal = Optional.empty();

        @Override
        public void scarce(boolean is) {
            events.add(is ? "scarce" : "room");
        }

        @Override
        public CompletionStage<Void> fence() {
            events.add("fence");
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void goOn() {
            events.add("go on");
        }

        @Override
        public void refuse(Optional<String> why) {
            refusal = why;
        }

        @Override
        public void damaged(String what) {
            events.add("damaged: " + what);
        }

        @Override
        public void giveUp(String why) {
            events.add("gave up");
        }
    }
}
