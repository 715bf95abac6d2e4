package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.Bytes;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.Durability;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.directory.DataDirectory;
import io.entente.core.store.directory.DirectoryOptions;
import io.entente.core.store.directory.ExpectedIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How replicas start, as their node's directory says. */
class StandingTest {

    private static final String CLUSTER = "the cluster";

    @TempDir
    Path temporary;

    @Test
    void aDirectoryWithoutAClusterIsNew() {
        assertThat(standingAfter(directory -> {})).isEqualTo(Standing.NEW);
    }

    @Test
    void whoMetOthersIsNewWithoutItsStoreAndInDoubtWithoutASign() throws IOException {
        live(directory -> directory.meet(CLUSTER));
        assertThat(standingAfter(directory -> {})).isEqualTo(Standing.INTACT);
        loseStore();
        assertThat(standingAfter(directory -> {})).isEqualTo(Standing.MAY_HAVE_LOST);
        assertThat(standingAfter(DataDirectory::putAside)).isEqualTo(Standing.MAY_HAVE_LOST);
        assertThat(standingAfter(directory -> {})).isEqualTo(Standing.NEW);
    }

    @Test
    void whoNeverMetAnybodyIsAloneWhateverItLost() throws IOException {
        live(directory -> directory.adoptCluster(CLUSTER));
        assertThat(standingAfter(directory -> {})).isEqualTo(Standing.INTACT);
        loseStore();
        assertThat(standingAfter(directory -> {})).isEqualTo(Standing.ALONE);
        assertThat(standingAfter(directory -> directory.meet(CLUSTER)))
                .as("as long as it has met nobody")
                .isEqualTo(Standing.ALONE);
        assertThat(standingAfter(directory -> {})).isEqualTo(Standing.MAY_HAVE_LOST);
    }

    /** Opens the directory, and after a look does something with it, and ends as by SIGKILL. */
    private Standing standingAfter(Consumer<DataDirectory> then) {
        DataDirectory directory = open();
        Standing standing = ReplicaFactory.standing(directory);
        then.accept(directory);
        directory.abandon();
        return standing;
    }

    private void live(Consumer<DataDirectory> begin) {
        DataDirectory directory = open();
        begin.accept(directory);
        directory.store().commit(new WriteBatch().put(Table.META, Bytes.utf8("something"), Bytes.utf8("it knew")));
        directory.close();
    }

    private DataDirectory open() {
        return DataDirectory.open(
                temporary.resolve("data"), new ExpectedIdentity("eu-1", "eu", 8), DirectoryOptions.of(Durability.OS));
    }

    /** An operator moves the store away, as the node said. */
    private void loseStore() throws IOException {
        Files.move(temporary.resolve("data").resolve("store"), temporary.resolve("store moved away"));
    }
}
