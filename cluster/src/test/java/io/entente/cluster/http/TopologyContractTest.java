package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code POST /admin/topology}: data centers are linked in another way, or one sentence says why not. */
class TopologyContractTest {

    private static HttpNode node;

    @BeforeAll
    static void start() {
        node = new HttpNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    static Stream<String[]> changes() {
        return Stream.of(
                new String[] {"{'topology':'ring'}", "{'name':'ring'"},
                new String[] {"{'topology':'tree'}", "{'name':'tree'"},
                new String[] {"{'topology':'all-to-all'}", "{'name':'all-to-all'"},
                new String[] {"{'topology':'star','hub':'us'}", "{'name':'star','hub':'us'"},
                new String[] {
                    "{'edges':['us->ap','ap->eu','eu->us']}", "{'name':'edges','edges':['ap->eu','eu->us','us->ap']"
                },
                new String[] {
                    "{'topology':'edges','edges':['eu->us','us->ap','ap->eu']}",
                    "{'name':'edges','edges':['ap->eu','eu->us','us->ap']"
                });
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeIsAnsweredWithItsNumberAndShownInTheCluster(String body, String shown) {
        long before = node.node.topology.change();
        String json = shown.replace('\'', '"') + ",\"change\":" + (before + 1) + ",\"node\":\"eu-1\"}";
        assertThat(post(body).hasStatus(200).text()).isEqualTo(json);
        assertThat(node.get("/cluster").json().path("topology")).hasToString(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'topology':'ringg'}                            | There is no topology 'ringg': choose all-to-all, ring, star, tree, edges.
                    {'topology':'star'}                             | A star needs one hub: name a data center, such as star eu.
                    {'topology':'star','hub':'sa'}                  | There is no data center 'sa': name one of ap, eu, us.
                    {'topology':'ring','hub':'us'}                  | has a meaning for the topology star alone
                    {'topology':'ring','edges':['eu->us']}          | can't be given beside
                    {'edges':['eu->us','us->eu']}                   | nothing written in 'ap' would ever reach 'eu'
                    {'edges':['eu-us']}                             | 'eu-us' is not an edge: write it like eu->us.
                    {'edges':'eu->us'}                              | is no list of texts
                    {'edges':[1]}                                   | is no list of texts
                    {'edges':[]}                                    | is missing in the body
                    {'topology':1}                                  | is no text in the body
                    {'name':'ring'}                                 | is unknown
                    {}                                              | is missing in the body
                    []                                              | The body is no JSON object
                    {                                               | The body is not JSON
                    """, quoteCharacter = '`')
    void whatMakesNoSenseIsRefusedInASentence(String body, String sentence) {
        long before = node.node.topology.change();
        assertThat(post(body).isProblem(400, "malformed-body").detail()).contains(sentence);
        assertThat(node.node.topology.change()).isEqualTo(before);
    }

    @Test
    void itIsPostedAndNothingElse() {
        Answer refused = node.get("/admin/topology").isProblem(405, "method-not-allowed");
        assertThat(refused.header("Allow")).isEqualTo("POST");
        assertThat(refused.detail()).contains("/cluster");
    }

    private static Answer post(String body) {
        return node.post("/admin/topology", body.replace('\'', '"'));
    }
}
