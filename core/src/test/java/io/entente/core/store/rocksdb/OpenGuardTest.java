package io.entente.core.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.entente.core.store.StoreDamagedException;
import io.entente.core.store.StoreException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;
import org.rocksdb.Status.SubCode;

/** A read that failed tells of damage only where what is stored can't be had. */
class OpenGuardTest {

    private final OpenGuard guard = new OpenGuard("the store");

    @Test
    void aChecksumThatDoesNotFitIsDamage() {
        StoreException failure = failing(Code.Corruption, "block checksum mismatch in 000012.sst");
        assertThat(failure).isInstanceOf(StoreDamagedException.class);
        assertThat(guard.damage()).containsSame((StoreDamagedException) failure);
    }

    @Test
    void aDeviceThatDoesNotGiveItBackIsDamage() {
        assertThat(failing(Code.IOError, "While pread offset 0 len 4096: 000012.sst: Input/output error"))
                .isInstanceOf(StoreDamagedException.class);
        assertThat(failing(Code.IOError, "While open a file for random read: 000012.sst: No such file or directory"))
                .isInstanceOf(StoreDamagedException.class);
    }

    @Test
    void whatTheSystemGivesAgainIsNoDamage() {
        for (String passing : new String[] {
            "While open a file for random read: 000012.sst: Too many open files",
            "While open a file for random read: 000012.sst: Too many open files in system",
            "While mmap: 000012.sst: Cannot allocate memory"
        }) {
            isNoDamage(failing(Code.IOError, passing));
        }
        isNoDamage(failing(Code.Busy, "busy"));
        isNoDamage(failing(Code.Incomplete, "incomplete"));
        isNoDamage(failing(Code.TimedOut, "timed out"));
    }

    private void isNoDamage(StoreException failure) {
        assertThat(failure).isNotInstanceOf(StoreDamagedException.class).hasMessageContaining("the store");
        assertThat(guard.damage()).isEmpty();
    }

    private StoreException failing(Code code, String message) {
        Throwable thrown = catchThrowable(() -> guard.read(() -> {
            throw new RocksDBException(message, new Status(code, SubCode.None, message));
        }));
        assertThat(thrown).isInstanceOf(StoreException.class).hasMessageContaining(message);
        return (StoreException) thrown;
    }
}
