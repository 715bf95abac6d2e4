package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.message.NodeId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who can be a peer, and where it is believed to be. */
class IntroductionsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final NodeId US = new NodeId("us", "us-1");
    private static final String OLD = "akka://entente@h:2";
    private static final String NEW = "akka://entente@h:9";

    private final Introductions introductions = new Introductions(new NodeId("eu", "eu-1"), "akka://entente@h:1", 8);

    @Test
    void aNodeOfTheSameClusterIsWelcome() {
        assertThat(introductions.objectionTo(hello(Hello.FORMAT, "us-1", "x", 8), Optional.of("x")))
                .isEmpty();
        assertThat(introductions.objectionTo(hello(Hello.FORMAT, "us-1", "x", 8), Optional.empty()))
                .isEmpty();
    }

    @Test
    void whatDiffersIsNamedWithBothValues() {
        assertThat(introductions.objectionTo(hello(2, "us-1", "x", 8), Optional.of("x")))
                .hasValueSatisfying(why -> assertThat(why).contains("format 2"));
        assertThat(introductions.objectionTo(hello(Hello.FORMAT, "eu-1", "x", 8), Optional.of("x")))
                .hasValueSatisfying(why -> assertThat(why).contains("this node's name"));
        assertThat(introductions.objectionTo(hello(Hello.FORMAT, "us-1", "y", 8), Optional.of("x")))
                .hasValueSatisfying(why -> assertThat(why).contains("cluster y", "to x"));
        assertThat(introductions.objectionTo(hello(Hello.FORMAT, "us-1", "x", 16), Optional.of("x")))
                .hasValueSatisfying(why -> assertThat(why).contains("16 partitions", "new data directory"));
    }

    @Test
    void aNodeIsAtItsNewAddressOnceTheOldOneIsSilent() {
        assertThat(introductions.sighted(US, OLD, 0)).isEmpty();
        assertThat(introductions.sighted(US, NEW, 4 * SECOND)).isEmpty();
    }

    @Test
    void aNameThatIsUsedTwiceIsTheFirstOnes() {
        assertThat(introductions.sighted(US, OLD, 0)).isEmpty();
        assertThat(introductions.sighted(US, NEW, SECOND))
                .hasValueSatisfying(why -> assertThat(why).contains(OLD, NEW, "us-1"));
        assertThat(introductions.sighted(US, OLD, 2 * SECOND)).isEmpty();
        assertThat(introductions.sighted(US, NEW, 4 * SECOND)).isPresent();
    }

    @Test
    void oneNameInTwoDataCentersIsUsedTwice() {
        assertThat(introductions.sighted(US, OLD, 0)).isEmpty();
        assertThat(introductions.sighted(new NodeId("ap", "us-1"), NEW, SECOND)).isPresent();
    }

    @Test
    void theRemedyForATwinKeepsWhatBothHaveAcknowledged() {
        introductions.sighted(US, OLD, 0);
        assertThat(introductions.sighted(US, NEW, SECOND).orElseThrow()).contains("stop one of them and keep its data");
        assertThat(introductions
                        .objectionTo(hello(Hello.FORMAT, "eu-1", "x", 8), Optional.of("x"))
                        .orElseThrow())
                .contains("stop one of them and keep its data");
    }

    @Test
    void twinsAreMentionedUntilOneIsSilentOrTheyAreNone() {
        Strangers strangers = new Strangers();
        strangers.twin(NEW, "two lives", SECOND);
        assertThat(strangers.twins(SECOND + Strangers.SILENCE_NANOS)).containsExactly("two lives");
        assertThat(strangers.twins(SECOND + Strangers.SILENCE_NANOS + 1)).isEmpty();
        strangers.twin(NEW, "two lives", SECOND);
        strangers.welcome(NEW);
        assertThat(strangers.twins(SECOND)).isEmpty();
    }

    private static Hello hello(int format, String node, String cluster, int partitions) {
        return new Hello(
                format,
                node,
                "us",
                OLD,
                Optional.of(cluster),
                partitions,
                true,
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
