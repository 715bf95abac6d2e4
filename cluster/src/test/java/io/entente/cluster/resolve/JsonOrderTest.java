package io.entente.cluster.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order over JSON values is total, and the documented one. */
class JsonOrderTest {

    /** Ascending, every two different. */
    private static final List<JsonNode> ASCENDING = List.of(
                    "null",
                    "false",
                    "true",
                    "-1e400",
                    "-2",
                    "0",
                    "0.1",
                    "0.10000000000000000001",
                    "1",
                    "9007199254740992",
                    "9007199254740993",
                    "1e400",
                    "\"\"",
                    "\"A\"",
                    "\"a\"",
                    "\"aa\"",
                    "\"b\"",
                    "\"\uFFFD\"",
                    "\"\uD83D\uDE42\"",
                    "[]",
                    "[1]",
                    "[1,0]",
                    "[1,2]",
                    "[\"a\"]",
                    "{}",
                    "{\"a\":1}",
                    "{\"a\":1,\"b\":0}",
                    "{\"a\":2}",
                    "{\"b\":0}")
            .stream()
            .map(JsonOrderTest::json)
            .toList();

    @Test
    void eachTwoValuesAreInTheirOrder() {
        for (int i = 0; i < ASCENDING.size(); i++) {
            for (int j = 0; j < ASCENDING.size(); j++) {
                assertThat(Integer.signum(JsonOrder.INSTANCE.compare(ASCENDING.get(i), ASCENDING.get(j))))
                        .as("%s and %s", ASCENDING.get(i), ASCENDING.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void whatMeansTheSameIsEqual() {
        assertThat(JsonOrder.INSTANCE.compare(json("1"), json("1.0"))).isZero();
        assertThat(JsonOrder.INSTANCE.compare(json("{\"a\":1,\"b\":[2]}"), json("{\"b\":[2.0],\"a\":1e0}")))
                .isZero();
    }

    private static JsonNode json(String text) {
        return Documents.json(text);
    }
}
