package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /admin/backup}: the node's data is copied to the place for that, or one sentence says why not. */
class BackupContractTest {

    private static HttpNode node;

    @BeforeAll
    static void start() {
        node = new HttpNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aBackupGoesToTheConfiguredPlace() {
        assertThat(post("{'directory':'monday'}").hasStatus(200).text())
                .isEqualTo(
                        "{\"directory\":\"backups/monday\",\"node\":\"eu-1\",\"commits\":7,\"files\":3,\"bytes\":100}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'directory':'../etc'}",
                "{'directory':'/etc'}",
                "{'directory':'a/b'}",
                "{'directory':'..'}",
                "{'directory':'.'}",
                "{'directory':''}",
                "{'directory':'a\\\\b'}",
                "{'directory':'a\\u0000b'}",
                "{'directory':1}",
                "{'path':'monday'}",
                "{}",
                "[]"
            })
    void whatIsNoNameIsRefused(String body) {
        post(body).isProblem(400, "malformed-body");
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        assertThat(post("{'directory':'taken'}").isProblem(409, "backup-exists").detail())
                .contains("backups/taken");
    }

    @Test
    void aBackupThatCannotBeMadeSaysWhy() {
        Answer failed = post("{'directory':'full'}").isProblem(503, "backup-failed");
        assertThat(failed.detail()).contains("no room");
        assertThat(failed.header("Retry-After")).isEqualTo("1");
    }

    private static Answer post(String body) {
        return node.post("/admin/backup", body.replace('\'', '"'));
    }
}
