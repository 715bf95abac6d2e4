package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values survive their bytes; bytes that are no value don't become one. */
class CodecTest {

    /** All an application's record may hold. */
    record Order(String id, Optional<String> note, Instant at, Duration patience, List<Item> items, BigDecimal total) {}

    record Item(String name, int count) {}

    private static final Order ORDER = new Order(
            "o-1",
            Optional.empty(),
            Instant.parse("2026-11-21T10:00:00.123456789Z"),
            Duration.ofMillis(1_500),
            List.of(new Item("tea", 2)),
            new BigDecimal("0.10000000000000000001"));

    @Test
    void aRecordSurvivesJson() {
        Codec<Order> codec = Codec.json(Order.class);
        assertThat(codec.decode(codec.encode(ORDER))).isEqualTo(ORDER);
        assertThat(text(codec.encode(ORDER)))
                .isEqualTo(
                        "{\"at\":\"2026-11-21T10:00:00.123456789Z\",\"id\":\"o-1\",\"items\":[{\"count\":2,\"name\":\"tea\"}],"
                                + "\"note\":null,\"patience\":\"PT1.5S\",\"total\":0.10000000000000000001}");
    }

    @Test
    void aGenericTypeSurvivesJson() {
        Codec<Map<String, List<Item>>> codec = Codec.json(new TypeReference<Map<String, List<Item>>>() {});
        Map<String, List<Item>> value = Map.of("a", List.of(new Item("tea", 1)));
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @Test
    void equalMapsHaveEqualBytes() {
        Codec<Map<String, Integer>> codec = Codec.json(new TypeReference<Map<String, Integer>>() {});
        Map<String, Integer> one = new LinkedHashMap<>();
        one.put("b", 2);
        one.put("a", 1);
        assertThat(codec.encode(one)).isEqualTo(codec.encode(Map.of("a", 1, "b", 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "{} {}",
                "{\"name\":\"tea\",\"count\":\"many\"}",
                "{\"nam\":\"tea\"}",
                "\"tea\""
            })
    void whatIsNoJsonOfTheTypeIsRefused(String json) {
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> Codec.json(Item.class).decode(json.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("Item");
    }

    @Test
    void aValueThatJacksonCantWriteIsRefused() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> Codec.json(Object.class).encode(endless))
                .withMessageContaining("can't be written as JSON");
    }

    @Test
    void textIsUtf8OrRefused() {
        assertThat(Codec.utf8().decode(Codec.utf8().encode("schön 🙂"))).isEqualTo("schön 🙂");
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> Codec.utf8().encode("\uD83D"))
                .withMessageContaining("half a surrogate pair");
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> Codec.utf8().decode(new byte[] {(byte) 0xC3}))
                .withMessageContaining("not UTF-8");
    }

    @Test
    void bytesAreCopiedBothWays() {
        byte[] bytes = {1, 2};
        byte[] encoded = Codec.bytes().encode(bytes);
        byte[] decoded = Codec.bytes().decode(bytes);
        bytes[0] = 9;
        assertThat(encoded).containsExactly(1, 2);
        assertThat(decoded).containsExactly(1, 2);
    }

    @Test
    void whateverAnApplicationsCodecThrowsIsACodecException() {
        ValueView<String> view = ValueView.of(new Codec<String>() {
            @Override
            public String contentType() {
                return "text/plain";
            }

            @Override
            public byte[] encode(String value) {
                throw new IllegalArgumentException("can't");
            }

            @Override
            public String decode(byte[] content) {
                throw new IndexOutOfBoundsException("won't");
            }
        });
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> view.encode("x"))
                .withMessageContaining("can't");
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> view.decode(StoredValue.text("x")))
                .withMessageContaining("won't");
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> view.decode(StoredValue.json("1")))
                .withMessageContaining("it is application/json, not text/plain");
    }

    @Test
    void bytesAreReadWhateverTheirTypeIs() {
        assertThat(ValueView.of(Codec.bytes()).decode(StoredValue.text("x"))).containsExactly('x');
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
