package io.entente.core.store.directory;

import io.entente.core.golden.GoldenFiles;
import io.entente.core.golden.GoldenFiles.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of a data directory beside its store: their bytes are those of the golden files. */
class GoldenDirectoryTest {

    private static final GoldenFiles FILES = new GoldenFiles("directory");

    static List<Golden> goldens() {
        Identity fresh = Identity.of(new ExpectedIdentity("eu-1", "eu", 8));
        Identity full = fresh.inCluster("c-1").asMember().inDoubt("the log was cut");
        HighWater crashed = new HighWater(300, false, "0a9b6a4e-3bb4-4f7f-8c58-0d8ad3f5a0cc");
        HighWater clean = new HighWater(301, true, "");
        return List.of(
                identity("identity-1-fresh", fresh),
                identity("identity-1-full", full),
                identity("identity-1-acquainted", fresh.inCluster("c-1").acquaintedWithOthers()),
                highWater("high-water-1-running", crashed),
                highWater("high-water-1-clean", clean));
    }

    private static Golden identity(String name, Identity identity) {
        return new Golden(name, identity, identity.encoded(), bytes -> Identity.decoded(bytes.utf8()));
    }

    private static Golden highWater(String name, HighWater record) {
        return new Golden(
                name,
                record,
                record.encoded(),
                bytes -> HighWater.decoded(bytes).orElseThrow());
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
}
