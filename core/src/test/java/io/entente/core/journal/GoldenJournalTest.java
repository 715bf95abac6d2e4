package io.entente.core.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.golden.GoldenFiles;
import io.entente.core.golden.GoldenFiles.Golden;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the conflict journal: their bytes are those of the golden files. */
class GoldenJournalTest {

    private static final GoldenFiles FILES = new GoldenFiles("journal");
    private static final long POSITION = 77;

    static List<Golden> goldens() {
        JournalCodec codec = new JournalCodec(new OriginCodec(new OriginPool()));
        JournaledConflict conflict = conflict();
        List<Kept> list = List.of(new Kept(76, 300), new Kept(77, 4));
        JournalState state = new JournalState(2, 304, 76, 77, 75);
        return List.of(
                new Golden("conflict-2", conflict, codec.encode(conflict), bytes -> codec.decode(POSITION, bytes)),
                Golden.old("conflict-1", conflict, bytes -> codec.decode(POSITION, bytes)),
                new Golden("conflicts-of-a-key-1", list, Kept.encode(list), Kept::decode),
                new Golden("state-1", state, state.encode(), JournalState::decode));
    }

    private static JournaledConflict conflict() {
        Origin eu = new Origin("eu", "eu-1", 0x0102_0304_0506L, 0x1112_1314_1516_1718L);
        Origin us = new Origin("us", "us-1", 0x0203_0405_0607L, 0x2122_2324_2526_2728L);
        HybridTimestamp time = new HybridTimestamp(0x0A0B_0C0D_0E0FL, 0x0102);
        RecordKey key = new RecordKey("map", "k\u00FC");
        Dot one = new Dot(eu, 5);
        Dot other = new Dot(us, 300);
        return new JournaledConflict(
                POSITION,
                ConflictId.of(key, List.of(one, other)),
                key,
                List.of(
                        new JournaledVersion(one, time, Optional.of(Payload.value(Bytes.utf8("v"))), 1),
                        new JournaledVersion(other, time, Optional.empty(), 70_000)),
                List.of(new JournaledVersion(new Dot(eu, 4), time, Optional.of(Payload.value(Bytes.utf8("b"))), 1)),
                Optional.of(new ConflictId(0x4142L, 0x4344L)),
                1_800_000_000_000L);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void theBytesAreThoseOfTheGoldenFile(Golden golden) {
        FILES.check(golden);
    }

    @Test
    void everyGoldenFileIsOfAFormatThatIsRead() {
        FILES.checkComplete(goldens());
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void whatALaterVersionWroteIsRefusedWithBothVersionsAndARemedy(Golden golden) {
        if (golden.isOld()) {
            return;
        }
        byte[] later = golden.bytes().toArray();
        later[0] = 99;
        assertThatThrownBy(() -> golden.reader().apply(Bytes.wrap(later)))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageMatching(
                        ".* is 99, and this version of Entente knows formats? [0-9].*: run a version that knows it.*");
    }
}
