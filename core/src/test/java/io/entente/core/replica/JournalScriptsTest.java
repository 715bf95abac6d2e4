package io.entente.core.replica;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.event.WriteCondition;
import io.entente.core.journal.ConflictId;
import io.entente.core.journal.JournalReader;
import io.entente.core.journal.JournaledConflict;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Start.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Three data centers that come into conflict, and what their journals say of it. */
class JournalScriptsTest {

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");

    @Test
    void aConflictIsOneWhereverItIsSeen() {
        cluster.put("eu", "k", "at eu");
        cluster.put("us", "k", "at us");
        cluster.run(ofSeconds(2));
        List<JournaledConflict> atEu = journal("eu");
        assertThat(atEu).hasSize(1);
        ConflictId name = atEu.get(0).id();
        assertThat(name)
                .isEqualTo(ConflictId.of(new RecordKey("map", "k"), atEu.get(0).dots()));
        assertThat(journal("us")).extracting(JournaledConflict::id).containsExactly(name);
        assertThat(journal("ap")).extracting(JournaledConflict::id).containsExactly(name);
    }

    @Test
    void aConflictThatGrewNamesTheOneItExtends() {
        cluster.cut("ap", "eu");
        cluster.cut("ap", "us");
        cluster.put("ap", "k", "at ap");
        cluster.put("eu", "k", "at eu");
        cluster.put("us", "k", "at us");
        cluster.run(ofSeconds(2));
        assertThat(journal("eu")).hasSize(1);
        cluster.heal();
        cluster.run(ofSeconds(5));
        List<JournaledConflict> atEu = journal("eu");
        assertThat(atEu).hasSize(2);
        assertThat(atEu.get(0).extended()).isEmpty();
        assertThat(atEu.get(1).siblings()).hasSize(3);
        assertThat(atEu.get(1).extended()).contains(atEu.get(0).id());
        List<JournaledConflict> atAp = journal("ap");
        assertThat(atAp.get(atAp.size() - 1).id()).isEqualTo(atEu.get(1).id());
    }

    @Test
    void aWriteThatHasSeenTheConflictEndsItAndIsNone() {
        cluster.put("eu", "k", "at eu");
        cluster.put("us", "k", "at us");
        cluster.run(ofSeconds(2));
        JournaledConflict conflict = journal("ap").get(0);
        cluster.put("ap", "k", "overruled", WriteCondition.seen(conflict.context()));
        cluster.run(ofSeconds(2));
        for (String name : List.of("eu", "us", "ap")) {
            assertThat(cluster.read(name, "k")).containsExactly("overruled");
            assertThat(journal(name)).hasSize(1);
        }
    }

    @Test
    void aDeletionBesideAValueIsAConflict() {
        cluster.put("eu", "k", "old");
        cluster.run(ofSeconds(2));
        cluster.put("eu", "k", "new");
        cluster.delete("us", "k");
        cluster.run(ofSeconds(2));
        assertThat(journal("ap")).hasSize(1);
        assertThat(journal("ap").get(0).record().orElseThrow().versions())
                .anyMatch(version -> version.isTombstone())
                .anyMatch(version -> !version.isTombstone());
    }

    @Test
    void linesThatCrossAreJournaledWithAllTheirAncestors() {
        cluster.keepAncestors(true);
        for (String step : List.of("1", "2")) {
            cluster.cut("us", "eu");
            cluster.cut("us", "ap");
            cluster.put("eu", "k", "left " + step);
            cluster.put("us", "k", "right " + step);
            cluster.heal();
            cluster.run(ofSeconds(3));
        }
        for (String name : List.of("eu", "us", "ap")) {
            List<JournaledConflict> journal = journal(name);
            JournaledConflict first = journal.get(0);
            JournaledConflict last = journal.get(journal.size() - 1);
            assertThat(first.isCrossed()).as(name).isFalse();
            assertThat(last.isCrossed()).as(name).isTrue();
            assertThat(last.ancestors()).as(name).isEqualTo(first.siblings());
        }
    }

    @Test
    void deletionsAloneAreNone() {
        cluster.put("eu", "k", "old");
        cluster.run(ofSeconds(2));
        cluster.delete("eu", "k");
        cluster.delete("us", "k");
        cluster.run(ofSeconds(2));
        assertThat(journal("ap")).isEmpty();
    }

    @Test
    void aJournalOutlivesItsProcess() {
        cluster.put("eu", "k", "at eu");
        cluster.put("us", "k", "at us");
        cluster.run(ofSeconds(2));
        List<JournaledConflict> before = journal("ap");
        cluster.kill("ap");
        cluster.start("ap", Standing.INTACT);
        cluster.put("eu", "l", "at eu");
        cluster.put("us", "l", "at us");
        cluster.run(ofSeconds(3));
        assertThat(journal("ap")).hasSize(2).startsWith(before.get(0));
        assertThat(journal("ap").get(1).extended()).isEqualTo(Optional.empty());
    }

    private List<JournaledConflict> journal(String name) {
        List<JournaledConflict> journal = new ArrayList<>();
        try (JournalReader.Cursor all = new JournalReader(cluster.disk(name), 0).after(0)) {
            while (all.advance()) {
                journal.add(all.conflict());
            }
        }
        return journal;
    }
}
