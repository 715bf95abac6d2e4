package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations on mergeable values, and what they read as. */
class MergeableContractTest {

    private static HttpNode node;

    @BeforeAll
    static void start() {
        node = new HttpNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void operate(String target, String operation, String value) {
        Answer answer = node.post(target, operation, "Content-Type", "application/json");
        answer.hasStatus(200);
        assertThat(answer.text()).isEqualTo(value);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Entente-Dot")).isNotEmpty();
        assertThat(node.get(target).text()).isEqualTo(value);
    }

    @Test
    void aCounterIsTheSumOfItsIncrements() {
        node.get("/maps/counters/hits").isProblem(404, "absent");
        operate("/maps/counters/hits", "{\"increment\":3}", "3");
        operate("/maps/counters/hits", "{\"increment\":-5}", "-2");
        operate("/maps/counters/hits", "{\"increment\":2}", "0");
    }

    @Test
    void aFlagIsOnOrOff() {
        operate("/maps/flags/f", "{\"enable\":false}", "false");
        operate("/maps/flags/f", "{\"enable\":true}", "true");
        operate("/maps/off-flags/f", "{\"enable\":true}", "true");
        operate("/maps/off-flags/f", "{\"enable\":false}", "false");
        operate("/maps/off-flags/f", "{\"enable\":true}", "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sets", "strict-sets"})
    void aSetHoldsWhatWasAddedAndAnEmptiedOneIsEmpty(String map) {
        String target = "/maps/" + map + "/s";
        operate(target, "{\"add\":\"x\"}", "[\"x\"]");
        operate(target, "{\"addAll\":[\"y\",\"x\"]}", "[\"x\",\"y\"]");
        operate(target, "{\"remove\":\"x\"}", "[\"y\"]");
        operate(target, "{\"remove\":\"y\"}", "[]");
        operate(target, "{\"add\":\"x\",\"remove\":\"z\"}", "[\"x\"]");
        node.delete(target).hasStatus(204);
        node.get(target).isProblem(404, "absent");
    }

    @Test
    void equalJsonIsTheSameElement() {
        operate("/maps/sets/json", "{\"add\":{\"b\":1.0,\"a\":[1e2]}}", "[{\"a\":[100],\"b\":1}]");
        operate("/maps/sets/json", "{\"add\":{\"a\":[100.00],\"b\":1}}", "[{\"a\":[100],\"b\":1}]");
        operate("/maps/sets/json", "{\"remove\":{\"b\":10e-1,\"a\":[100]}}", "[]");
    }

    @Test
    void aRegisterHoldsTheValuesThatNobodyHasReplaced() {
        operate("/maps/values/v", "{\"set\":{\"a\":1}}", "[{\"a\":1}]");
        operate("/maps/values/v", "{\"set\":null}", "[null]");
        node.get("/maps/values/v?siblings=true").hasStatus(200);
    }

    @Test
    void aMapHasFieldsOfAllTypes() {
        String target = "/maps/documents/d";
        operate(target, "{\"set\":{\"name\":\"Ann\",\"age\":7}}", "{\"age\":7,\"name\":\"Ann\"}");
        operate(target, "{\"remove\":\"age\"}", "{\"name\":\"Ann\"}");
        operate(
                target,
                "{\"update\":{\"likes\":{\"increment\":2},\"tags\":{\"add\":\"x\"}}}",
                "{\"likes\":2,\"name\":\"Ann\",\"tags\":[\"x\"]}");
        operate(
                target,
                "{\"removeAll\":[\"name\",\"tags\"],\"update\":{\"home\":{\"set\":{\"city\":\"Rome\"}}}}",
                "{\"home\":{\"city\":\"Rome\"},\"likes\":2}");
        operate(
                target,
                "{\"update\":{\"likes\":{\"type\":\"remove-wins-set\",\"add\":1},\"home\":{\"type\":\"map\",\"remove\":\"city\"}}}",
                "{\"home\":{},\"likes\":{\"counter\":2,\"remove-wins-set\":[1]}}");
        operate(target, "{\"removeAll\":[\"likes\",\"home\"]}", "{}");
    }

    @Test
    void fieldsMayHaveAnyName() {
        String target = "/maps/documents/names";
        operate(target, "{\"set\":{\"a\\u0000b\":1,\"a\":2,\"\":3}}", "{\"\":3,\"a\":2,\"a\\u0000b\":1}");
        operate(target, "{\"remove\":\"a\"}", "{\"\":3,\"a\\u0000b\":1}");
    }

    @Test
    void whoWantsNoValueBackGetsNone() {
        Answer answer = node.post("/maps/counters/quiet", "{\"increment\":1}", "Prefer", "return=minimal");
        answer.hasStatus(204);
        assertThat(answer.header("Preference-Applied")).isEqualTo("return=minimal");
        assertThat(answer.header("Entente-Session")).isNotEmpty();
    }

    @Test
    void aLargeValueIsNotSentBackUnlessItIsAskedFor() {
        for (int batch = 0; batch < 8; batch++) {
            int first = batch * 125;
            String elements = IntStream.range(first, first + 125)
                    .mapToObj(i -> "\"element-" + i + "\"")
                    .collect(Collectors.joining(","));
            node.post("/maps/sets/large", "{\"addAll\":[" + elements + "]}");
        }
        node.post("/maps/sets/large", "{\"add\":\"last\"}").hasStatus(204);
        Answer whole =
                node.post("/maps/sets/large", "{\"add\":\"last\"}", "Prefer", "respond-async, return=representation");
        whole.hasStatus(200);
        assertThat(whole.text()).contains("\"element-999\"", "\"last\"");
    }

    @Test
    void aSessionReadsItsOwnOperations() {
        Answer written = node.post("/maps/counters/session", "{\"increment\":1}");
        Answer read = node.get("/maps/counters/session", "Entente-Session", written.header("Entente-Session"));
        assertThat(read.text()).isEqualTo("1");
        assertThat(read.header("Entente-Session")).isNotEmpty();
    }

    @Test
    void aListHasEachKeyOnceInOrderWithItsValue() {
        for (String key : new String[] {"b", "a%00", "a", "c%2Fd"}) {
            node.post("/maps/strict-sets/list-" + key, "{\"addAll\":[1,2]}");
        }
        node.post("/maps/strict-sets/list-gone", "{\"add\":1}");
        node.delete("/maps/strict-sets/list-gone");
        String first = node.get("/maps/strict-sets?prefix=list-&limit=3").text();
        assertThat(first)
                .containsSubsequence(
                        "\"key\":\"list-a\"", "\"value\":[1,2]", "\"key\":\"list-a\\u0000\"", "\"key\":\"list-b\"")
                .contains("\"next\":\"list-b\"");
        String rest = node.get("/maps/strict-sets?prefix=list-&after=list-b").text();
        assertThat(rest).contains("\"key\":\"list-c/d\"", "\"next\":null").doesNotContain("gone", "list-b\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "counters|{\"add\":1}|has no operation 'add'",
                "counters|{\"increment\":1.5}|whole number",
                "counters|{\"increment\":9223372036854775808}|whole number",
                "counters|{}|JSON object",
                "counters|3|JSON object",
                "counters|{\"increment\":|can't be read",
                "flags|{\"enable\":1}|true",
                "sets|{\"addAll\":[]}|array",
                "sets|{\"add\":1,\"remove\":1}|contradict",
                "documents|{\"set\":{}}|object",
                "documents|{\"update\":{\"f\":{\"grow\":1}}}|no operation that is known",
                "documents|{\"update\":{\"f\":{\"remove\":1}}}|name its type",
                "documents|{\"update\":{\"f\":{\"type\":\"tree\",\"add\":1}}}|can't be of type",
                "documents|{\"update\":{\"f\":{\"type\":\"counter\",\"add\":1}}}|has no operation 'add'",
            })
    void whatIsNoOperationIsRefusedWithARemedy(String map, String operation, String says) {
        Answer refused = node.post("/maps/" + map + "/refused", operation).isProblem(400, "invalid-argument");
        assertThat(refused.detail()).contains(says);
        node.get("/maps/" + map + "/refused").isProblem(404, "absent");
    }

    @Test
    void anElementIsNoLongerThanAKey() {
        node.post("/maps/sets/long", "{\"add\":\"" + "x".repeat(80) + "\"}").isProblem(400, "invalid-argument");
    }

    @Test
    void whatMergesIsNotPutAndARegisterIsNotOperatedOn() {
        Answer put = node.put("/maps/counters/put", "3").isProblem(405, "method-not-allowed");
        assertThat(put.header("Allow")).contains("POST").doesNotContain("PUT");
        Answer post = node.post("/maps/plain/post", "{\"increment\":3}").isProblem(405, "method-not-allowed");
        assertThat(post.header("Allow")).contains("PUT").doesNotContain("POST");
        assertThat(post.detail()).contains("entente.maps.plain.type");
    }

    @ParameterizedTest
    @CsvSource({"If-Match,\"x\"", "If-None-Match,*", "Entente-Context,x"})
    void whatMergesHasNoConditions(String header, String value) {
        node.post("/maps/counters/conditional", "{\"increment\":3}", header, value)
                .isProblem(400, "malformed-header");
        node.delete("/maps/counters/conditional", header, value).isProblem(400, "malformed-header");
        node.get("/maps/counters/conditional").isProblem(404, "absent");
    }

    @Test
    void aCounterHasNoSiblings() {
        node.get("/maps/counters/x?siblings=true").isProblem(400, "malformed-parameter");
    }
}
