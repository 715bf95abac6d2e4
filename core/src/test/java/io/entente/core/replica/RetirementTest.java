package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.Dot;
import io.entente.core.effect.Reply;
import io.entente.core.event.Event.RetirementRequested;
import io.entente.core.event.Event.SalvageRequested;
import io.entente.core.event.RequestId;
import io.entente.core.record.Payload;
import io.entente.core.record.Salvageable;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How members let go of one, and how it comes back. */
class RetirementTest {

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");
    private long requests = 1_000_000;

    @Test
    void aDeadMemberThatIsRetiredHoldsNothingBack() {
        cluster.put("eu", "k", "v");
        cluster.run(seconds(1));
        cluster.kill("ap");
        cluster.delete("eu", "k");
        cluster.run(seconds(5));
        assertThat(cluster.status("us").purgeHeldBackBy()).containsExactly("ap-1");

        assertThat(retire("eu", "ap-1")).isEqualTo(new Reply.Accepted());
        cluster.run(seconds(3));
        for (String at : List.of("eu", "us")) {
            assertThat(cluster.read(at, "k")).isEmpty();
            assertThat(cluster.status(at).retired()).containsExactly("ap-1");
            assertThat(cluster.status(at).purgeHeldBackBy()).isEmpty();
        }
        assertThat(retire("us", "ap-1")).isEqualTo(new Reply.Accepted());
    }

    @Test
    void aRetirementWaitsForMembersThatAreAwayAndNamesThem() {
        cluster.kill("us");
        cluster.kill("ap");
        retire("eu", "ap-1");
        cluster.run(seconds(3));
        assertThat(cluster.status("eu").retiring()).isEqualTo(Map.of("ap-1", Set.of("us-1")));

        cluster.start("us", Standing.INTACT);
        cluster.run(seconds(3));
        assertThat(cluster.status("eu").retiring()).isEmpty();
        assertThat(cluster.status("us").retired()).containsExactly("ap-1");
    }

    @Test
    void whatARemainingMemberHasIsAppliedByAll() {
        cluster.cut("ap", "eu");
        cluster.put("ap", "k", "at us too");
        cluster.run(Duration.ofMillis(60));
        cluster.kill("ap");
        retire("eu", "ap-1");
        cluster.run(seconds(3));
        assertThat(cluster.read("us", "k")).containsExactly("at us too");
        assertThat(cluster.read("eu", "k")).containsExactly("at us too");
    }

    @Test
    void aLivingMemberThatIsRetiredLearnsOfItAndStops() {
        retire("eu", "ap-1");
        cluster.run(seconds(3));
        assertThat(cluster.status("ap").isRetired()).isTrue();
        assertThat(cluster.waitsFor("ap").orElseThrow()).contains("was retired");
        assertThat(cluster.answer(cluster.put("ap", "k", "too late"))).isInstanceOf(Reply.Refused.class);
        assertThat(retire("ap", "eu-1")).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void whoIsRetiredWhileItHasNothingComesBackAndAllSaySo() {
        cluster.put("eu", "k", "v");
        cluster.run(seconds(1));
        cluster.wipe("ap");
        retire("eu", "ap-1");
        cluster.run(seconds(2));
        cluster.start("ap", Standing.NEW);
        cluster.run(seconds(3));

        assertThat(cluster.status("eu").retired()).isEmpty();
        assertThat(cluster.notices())
                .anySatisfy(
                        notice -> assertThat(notice).contains("ap-1, which was retired from partition 0, comes back"))
                .anySatisfy(notice ->
                        assertThat(notice).contains("ap-1 was retired from partition 0 while it held nothing"));
    }

    @Test
    void whatOnlyTheRetiredOneHadIsSalvagedOnce() {
        cluster.put("eu", "k", "first");
        cluster.run(seconds(1));
        cluster.cut("ap", "eu");
        cluster.cut("ap", "us");
        cluster.put("ap", "k", "passing");
        cluster.put("ap", "k", "only at ap");
        retire("eu", "ap-1");
        cluster.run(seconds(3));
        cluster.put("us", "k", "meanwhile");
        cluster.heal();
        cluster.run(seconds(3));
        assertThat(cluster.read("eu", "k")).containsExactly("meanwhile");

        MemoryStore aside = cluster.disk("ap");
        comeBackEmpty("ap");
        Salvageable lost = onlyLostIn(aside, "ap");
        assertThat(lost.payload().isDeletion()).isFalse();
        assertThat(lost.seen()).hasSize(1);
        assertThat(salvage("ap", lost)).isInstanceOf(Reply.Written.class);
        assertThat(salvage("ap", lost)).isEqualTo(new Reply.Accepted());
        cluster.run(seconds(2));
        assertThat(cluster.read("eu", "k")).containsExactlyInAnyOrder("meanwhile", "only at ap");
        assertThat(lostIn(aside, "ap")).isEmpty();
    }

    @Test
    void aSalvagedWriteReplacesWhatItHadReplaced() {
        cluster.put("eu", "k", "first");
        cluster.run(seconds(1));
        cluster.cut("ap", "eu");
        cluster.cut("ap", "us");
        cluster.put("ap", "k", "only at ap");
        retire("eu", "ap-1");
        cluster.run(seconds(3));
        cluster.heal();
        cluster.run(seconds(3));
        MemoryStore aside = cluster.disk("ap");
        comeBackEmpty("ap");
        salvage("ap", onlyLostIn(aside, "ap"));
        cluster.run(seconds(2));
        assertThat(cluster.read("us", "k")).containsExactly("only at ap");
    }

    @Test
    void twoThatRetireEachOtherAreBothRetired() {
        cluster.cut("eu", "us");
        cluster.kill("ap");
        retire("eu", "us-1");
        retire("us", "eu-1");
        cluster.heal();
        cluster.start("ap", Standing.INTACT);
        cluster.run(seconds(5));
        assertThat(cluster.status("eu").isRetired()).isTrue();
        assertThat(cluster.status("us").isRetired()).isTrue();
        assertThat(cluster.status("ap").retired()).containsExactly("eu-1", "us-1");
        assertThat(cluster.answer(cluster.put("ap", "k", "v"))).isInstanceOf(Reply.Written.class);
    }

    @Test
    void strangersAndOneselfCantBeRetired() {
        assertThat(retire("eu", "eu-1")).isInstanceOf(Reply.Refused.class);
        assertThat(retire("eu", "nobody")).isInstanceOf(Reply.Refused.class);
    }

    private void comeBackEmpty(String at) {
        cluster.kill(at);
        cluster.wipe(at);
        cluster.start(at, Standing.NEW);
        cluster.run(seconds(3));
        assertThat(cluster.waitsFor(at)).isEmpty();
        assertThat(cluster.status("eu").retired()).isEmpty();
    }

    private List<Salvageable> lostIn(MemoryStore aside, String at) {
        List<Salvageable> lost = new ArrayList<>();
        new Salvage(aside, 0).find(cluster.status(at).applied(), done(at), (key, dot, write) -> lost.add(write.get()));
        return lost;
    }

    private Salvageable onlyLostIn(MemoryStore aside, String at) {
        List<Salvageable> lost = lostIn(aside, at);
        assertThat(lost).hasSize(1);
        assertThat(lost.get(0).payload()).isInstanceOf(Payload.Value.class);
        return lost.get(0);
    }

    private java.util.function.Predicate<Dot> done(String at) {
        return dot -> Salvage.isDone(cluster.disk(at), 0, dot);
    }

    private Reply retire(String at, String node) {
        RequestId id = new RequestId(++requests);
        cluster.step(at, new RetirementRequested(id, node));
        return Objects.requireNonNull(cluster.answer(id));
    }

    private Reply salvage(String at, Salvageable lost) {
        RequestId id = new RequestId(++requests);
        cluster.step(at, new SalvageRequested(id, lost));
        return Objects.requireNonNull(cluster.answer(id));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
