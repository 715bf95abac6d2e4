package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import org.junit.jupiter.api.Test;

/** What {@code text-merge} makes of values of different content types: what is text stays the text it is. */
class StoredTextTest {

    private static final MapDefinition<?> TEXTS = new MapCatalog(
                    EntenteSettings.from(ConfigFactory.parseString("entente.maps.texts.resolver = text-merge")))
            .definition("texts");

    @Test
    void mergedTextIsTextAndMergedJsonIsJson() {
        assertThat(merged(StoredValue.text("a\n"), StoredValue.text("b\n"))).isEqualTo(StoredValue.text("a\nb\n"));
        assertThat(merged(StoredValue.json("\"a\\n\""), StoredValue.json("\"b\\n\"")))
                .isEqualTo(StoredValue.json("\"a\\nb\\n\""));
        assertThat(merged(markdown("a\n"), markdown("b\n"))).isEqualTo(markdown("a\nb\n"));
    }

    @Test
    void theLastWritersKindIsTheMergesKind() {
        assertThat(merged(StoredValue.json("\"a\\n\""), StoredValue.text("b\n")))
                .isEqualTo(StoredValue.text("a\nb\n"));
        assertThat(merged(StoredValue.text("a\n"), StoredValue.json("\"b\\n\"")))
                .isEqualTo(StoredValue.json("\"a\\nb\\n\""));
    }

    @Test
    void whatIsNoTextIsLeftToTheLastWriter() {
        StoredValue bytes = StoredValue.binary(Bytes.of((byte) 1, (byte) 2));
        StoredValue latin = new StoredValue("text/plain; charset=iso-8859-1", Bytes.utf8("b\n"));
        StoredValue malformed = new StoredValue(StoredValue.TEXT, Bytes.of((byte) 0xFF));
        assertThat(merged(StoredValue.text("a\n"), bytes)).isEqualTo(bytes);
        assertThat(merged(StoredValue.text("a\n"), latin)).isEqualTo(latin);
        assertThat(merged(StoredValue.text("a\n"), malformed)).isEqualTo(malformed);
        assertThat(merged(bytes, StoredValue.text("a\n"))).isEqualTo(StoredValue.text("a\n"));
        assertThat(merged(StoredValue.text("a\n"), StoredValue.json("{}"))).isEqualTo(StoredValue.json("{}"));
    }

    private static StoredValue markdown(String text) {
        return new StoredValue("text/markdown", Bytes.utf8(text));
    }

    private static StoredValue merged(StoredValue earlier, StoredValue later) {
        Resolved resolved = TEXTS.resolve(
                        "k", Siblings.of(sibling("eu", 1, earlier), sibling("us", 2, later)), Runnable::run)
                .toCompletableFuture()
                .join();
        assertThat(resolved.unresolved()).isEmpty();
        return ((Resolved.Value) resolved.content()).value();
    }

    private static Sibling sibling(String dataCenter, long millis, StoredValue value) {
        Dot dot = new Dot(new Origin(dataCenter, dataCenter + "-1", millis, 0), 1);
        return new Sibling(dot, new HybridTimestamp(millis, 0), Payload.value(value.envelope()));
    }
}
