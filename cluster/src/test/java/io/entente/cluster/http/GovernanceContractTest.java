package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /admin/leader}, {@code /admin/mode} and {@code /admin/voters}: it is done, or one sentence says why not. */
class GovernanceContractTest {

    private static HttpNode node;

    @BeforeAll
    static void start() {
        node = new HttpNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /admin/leader            | {'node':'us-1'}                                           | leader us-1 in PT5S
                    /admin/leader?timeout=2s | {'node':'eu-1'}                                           | leader eu-1 in PT2S
                    /admin/voters?timeout=9s | {'voters':['us-1','eu-1']}                                | voters eu-1,us-1 in PT9S
                    /admin/mode              | {'mode':'multi-leader'}                                   | mode multi-leader in PT5S
                    /admin/mode?timeout=9s   | {'mode':'leaderless'}                                     | mode leaderless in PT9S
                    /admin/mode              | {'mode':'single-leader'}                                  | mode single-leader (async, AUTOMATIC) in PT5S
                    /admin/mode              | {'mode':'single-leader','acknowledgement':'semi-sync'}    | mode single-leader (semi-sync with 2, degrading after 1500 ms, AUTOMATIC) in PT5S
                    /admin/mode              | {'mode':'single-leader','acknowledgement':'semi-sync 3'}  | mode single-leader (semi-sync with 3, degrading after 1500 ms, AUTOMATIC) in PT5S
                    /admin/mode              | {'mode':'single-leader','acknowledgement':'semi-sync 1 degrade-after never'} | mode single-leader (semi-sync with 1, AUTOMATIC) in PT5S
                    /admin/mode              | {'mode':'single-leader','acknowledgement':'semi-sync degrade-after 3s'} | mode single-leader (semi-sync with 2, degrading after 3000 ms, AUTOMATIC) in PT5S
                    /admin/mode              | {'mode':'single-leader','acknowledgement':'sync'}         | mode single-leader (sync, AUTOMATIC) in PT5S
                    /admin/mode              | {'mode':'single-leader','acknowledgement':'chain','failover':'manual'} | mode single-leader (chain, MANUAL) in PT5S
                    """, quoteCharacter = '`')
    void whatIsAskedForIsDone(String target, String body, String asked) {
        post(target, body).hasStatus(204);
        assertThat(node.governance.asked).last().isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /admin/leader | {'node':'sa-7'}                                    | There is no node 'sa-7': name one of
                    /admin/leader | {}                                                 | is missing in the body
                    /admin/leader | {'mode':'single-leader'}                           | is unknown
                    /admin/voters | {'voters':['eu-1','sa-7']}                         | There is no member 'sa-7': name some of
                    /admin/voters | {'voters':[]}                                      | Nobody is named as a voter: write {"voters": ["eu-1"
                    /admin/voters | {}                                                 | obody is named as a voter
                    /admin/voters | {'voters':'eu-1'}                                  | "voters" is no list of texts
                    /admin/mode   | {'mode':'leader'}                                  | There is no mode 'leader': use one of multi-leader, single-leader, leaderless
                    /admin/mode   | {'mode':'leaderless','failover':'manual'}          | a meaning for the mode single-leader alone
                    /admin/mode   | {'mode':'single-leader','acknowledgement':'most'}  | There is no acknowledgement 'most': use async, semi-sync
                    /admin/mode   | {'mode':'single-leader','acknowledgement':'semi-sync 0'} | out of range
                    /admin/mode   | {'mode':'single-leader','acknowledgement':'semi-sync 2 degrade-after 0ms'} | is out of range: give 1 ms to 3600 s
                    /admin/mode   | {'mode':'single-leader','acknowledgement':'semi-sync 2 degrade-after soon'} | semi-sync 2 degrade-after 500ms (or 2s, or never)
                    /admin/mode   | {'mode':'single-leader','failover':'never'}        | There is no failover 'never': use automatic or manual
                    /admin/mode   | []                                                 | The body is no JSON object
                    /admin/leader | {'node':'us-1','node':'ap-1'}                      | Duplicate field 'node'
                    """, quoteCharacter = '`')
    void whatMakesNoSenseIsRefusedInASentence(String target, String body, String sentence) {
        assertThat(post(target, body).isProblem(400, "malformed-body").detail()).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ap-1 | no-quorum   | not-applied | more than half of the voters have to agree
                    sa-1 | partly-done | unknown     | only some partitions changed, not [3]
                    none | no-leader   | not-applied | change the mode first
                    """)
    void whatCannotBeDoneNowSaysWhetherAnythingWas(String name, String code, String outcome, String sentence) {
        Answer refused = post("/admin/leader", "{'node':'" + name + "'}").isProblem(503, code);
        assertThat(refused.detail()).containsIgnoringCase(sentence);
        assertThat(refused.json().path("outcome").textValue()).isEqualTo(outcome);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void votersThatCouldNotBeChangedAreNamed() {
        Answer refused = post("/admin/voters", "{'voters':['eu-1','ap-1']}").isProblem(503, "no-quorum");
        assertThat(refused.detail()).contains("still to leave and [ap-1] to join");
    }

    @Test
    void itIsPostedAndNothingElse() {
        assertThat(node.get("/admin/mode").isProblem(405, "method-not-allowed").detail())
                .contains("/cluster");
        assertThat(node.get("/admin/leader")
                        .isProblem(405, "method-not-allowed")
                        .header("Allow"))
                .isEqualTo("POST");
    }

    private static Answer post(String target, String body) {
        return node.post(target, body.replace('\'', '"'));
    }
}
