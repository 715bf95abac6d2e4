package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three data centers of one process each, under load all the time: from many leaders to one, which is stopped and goes on, the next one
 * killed and started again, and back to many. Every write that was acknowledged is everywhere in the end: by a quorum, and by a leader alone.
 *
 * <p>Meanwhile clients record what they are told: under the single leader it is linearizable, and through all modes sessions keep their guarantees, and
 * quorums meet. Beside them are clients with weaker terms that take them for as strong; the same checkers find them out. {@link CampaignIT} does that for
 * as long as one likes.
 */
class FailoverIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> NAMES = List.of("eu", "us", "ap");

    /** How many acknowledged writes of each writer make a phase. */
    private static final int PHASE = 30;

    @TempDir
    Path directory;

    private final List<NodeUnderTest> nodes = new ArrayList<>();
    private final List<HttpNode> clients = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final List<KeyClient> keys = new ArrayList<>();
    private final SplittableRandom chance = new SplittableRandom(Long.getLong("seed", System.nanoTime()));
    private final SessionClients sessions = new SessionClients("kept", "quorum", "quorum", 2);
    private final SessionClients sloppySessions = new SessionClients("sloppy", "async", "1", 1);
    private final StrongClients strong = new StrongClients("strong", "leader", 2);
    private final StrongClients stale = new StrongClients("stale", "local", 1);
    private final Ledger quorum = new Ledger();
    private final Ledger async = new Ledger();

    @AfterEach
    void stop() {
        nodes.stream().filter(NodeUnderTest::isAlive).forEach(NodeUnderTest::goOn);
        writers.forEach(Writer::stop);
        nodes.forEach(NodeUnderTest::stopAtLast);
    }

    @Test
    void noAcknowledgedWriteIsLostByModesThatChangeAndLeadersThatStopAndDie() throws IOException {
        found();
        for (int i = 0; i < NAMES.size(); i++) {
            writers.add(new Writer("quorum-" + i, clients.get(i), quorum, i)
                    .with("quorum")
                    .start());
            writers.add(new Writer("async-" + i, clients.get(i), async, i).start());
        }
        sessions.start(2, chance.split(), keys);
        writers.forEach(writer -> writer.awaitMore(PHASE));

        clients.get(0).operate("/admin/mode", "{\"mode\": \"single-leader\"}");
        clients.forEach(node -> await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(node.leaders()).isEqualTo(Set.of("eu-1"))));
        strong.start(2, chance.split(), keys);
        takeWhatIsNearForTheLatest();
        writers.forEach(writer -> writer.awaitMore(PHASE));

        nodes.get(0).pause();
        int second = awaitOthersLeadThan(0);
        writersBut(0).forEach(writer -> writer.awaitMore(PHASE));
        nodes.get(0).goOn();
        awaitSeenBy(0, second);

        nodes.get(second).kill();
        int third = awaitOthersLeadThan(second);
        writersBut(second).forEach(writer -> writer.awaitMore(PHASE));
        nodes.get(second).start().awaitReady(2);
        awaitSeenBy(second, third);
        strong.stop();

        clients.get(second).operate("/admin/mode", "{\"mode\": \"multi-leader\"}");
        clients.forEach(node -> await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(node.mode()).isEqualTo("multi-leader")));
        writers.forEach(writer -> writer.awaitMore(PHASE));
        writers.forEach(Writer::stop);
        sessions.stop();
        for (HttpNode node : clients) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(node.vectors()).isEqualTo(clients.get(0).vectors()));
            quorum.checkFacts("a node", only(node, "quorum"));
            async.checkFacts("a node", only(node, "async"));
        }
        judge();
    }

    /** Two of three nodes are a majority, and the third one knows nothing of what they acknowledge. */
    private void takeWhatIsNearForTheLatest() {
        linkTheLast("cut");
        stale.askInTurn(keys.get(0), keys.get(2));
        sloppySessions.askInTurn(keys.get(0), keys.get(2));
        linkTheLast("up");
    }

    private void linkTheLast(String state) {
        for (int i : new int[] {0, 1}) {
            for (HttpNode node : List.of(clients.get(i), clients.get(2))) {
                node.link("ap", NAMES.get(i), state);
                node.link(NAMES.get(i), "ap", state);
            }
        }
    }

    private void judge() {
        System.out.println(strong + "; " + sessions);
        keys.forEach(sessions::look);
        assertThat(strong.faults()).as("what the leader's clients were told").isEmpty();
        assertThat(sessions.brokenSessions()).as("what sessions were shown").isEmpty();
        assertThat(sessions.missedWrites()).as("what quorums missed").isEmpty();
        assertThat(sloppySessions.brokenSessions())
                .as("what sessions were shown that count on nobody")
                .isEmpty();
        assertThat(stale.faults())
                .as("what clients were told who take what is near for the latest")
                .isNotEmpty();
        assertThat(sloppySessions.missedWrites())
                .as("what clients missed who take one copy for a quorum")
                .isNotEmpty();
    }

    private static Map<String, String> only(HttpNode node, String prefix) {
        Map<String, String> facts = node.entries(Ledger.FACTS);
        facts.keySet().removeIf(fact -> !fact.startsWith(prefix));
        return facts;
    }

    private List<Writer> writersBut(int node) {
        List<Writer> others = new ArrayList<>(writers);
        others.remove(2 * node + 1);
        others.remove(2 * node);
        return others;
    }

    /** Waits until others lead everything, as both of them see it; one that leads something. */
    private int awaitOthersLeadThan(int gone) {
        HttpNode witness = clients.get((gone + 1) % NAMES.size());
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(witness.leaders()).isNotEmpty().doesNotContain("", NAMES.get(gone) + "-1");
            assertThat(clients.get((gone + 2) % NAMES.size()).leaders()).isEqualTo(witness.leaders());
        });
        return NAMES.indexOf(witness.leaders().iterator().next().substring(0, 2));
    }

    /** The old leader steps down, and knows the new ones. */
    private void awaitSeenBy(int returned, int leader) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Set<String> seen = clients.get(leader).leaders();
            assertThat(seen).doesNotContain("");
            assertThat(clients.get(returned).leaders()).isEqualTo(seen);
        });
    }

    private void found() throws IOException {
        List<Integer> ports = FreePorts.take(2 * NAMES.size());
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i) + "-1";
            int httpPort = ports.get(NAMES.size() + i);
            NodeUnderTest node = new NodeUnderTest(Files.createDirectory(directory.resolve(name)))
                    .with("--name", name, "--dc", NAMES.get(i))
                    .with("--host", "127.0.0.1", "--port", Integer.toString(ports.get(i)))
                    .with("--http-port", Integer.toString(httpPort))
                    .with("--data", directory.resolve(name + "-data").toString())
                    .withEnvironment("ENTENTE_FAULT_INJECTION", "on")
                    .withEnvironment("ENTENTE_MEMBERS", "eu-1,us-1,ap-1");
            ports.subList(0, NAMES.size()).forEach(port -> node.with("--seed", "127.0.0.1:" + port));
            nodes.add(node);
            clients.add(new HttpNode(httpPort));
            keys.add(new KeyClient(httpPort));
        }
        nodes.forEach(NodeUnderTest::start);
        nodes.forEach(node -> node.awaitReady(1));
    }
}
