package io.entente.cluster.forwarding;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.cluster.golden.GoldenFiles;
import io.entente.cluster.golden.GoldenFiles.Golden;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.UnsupportedFormatException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forwarded requests and their answers: their bytes are those of the golden files. */
class GoldenForwardingTest {

    private static final GoldenFiles FILES = new GoldenFiles("forwarding");

    /** Named by their places: new ones go to the end of the list. */
    static List<Golden> goldens() {
        List<Golden> all = new ArrayList<>();
        for (ForwardMessage message : ForwardCodecTest.messages()) {
            String name = String.format(
                    "forward-1-%02d-%s", all.size(), message.getClass().getSimpleName());
            all.add(new Golden(name, message, ForwardCodec.encode(message), new ForwardCodec()::decode));
        }
        return all;
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
    void whatALaterVersionSaysIsRefusedWithBothVersionsAndARemedy(Golden golden) {
        byte[] later = golden.bytes().toArray();
        later[0] = 2;
        assertThatThrownBy(() -> golden.reader().apply(Bytes.wrap(later)))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageMatching(
                        ".* is 2, and this version of Entente knows format 1: run a version that knows it.*");
    }
}
