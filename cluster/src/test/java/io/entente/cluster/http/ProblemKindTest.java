package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes are a contract: each means one thing, and the README lists it under its status. */
class ProblemKindTest {

    @Test
    void noTwoKindsShareACode() {
        assertThat(Arrays.stream(ProblemKind.values()).map(ProblemKind::code)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void theReadmeListsEveryCodeUnderItsStatus(ProblemKind kind) throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md")))
                .anyMatch(
                        line -> line.startsWith("| " + kind.status() + " |") && line.contains("`" + kind.code() + "`"));
    }

    @ParameterizedTest
    @EnumSource
    void aDetailIsMadeASentence(ProblemKind kind) {
        assertThat(Problem.of(kind, "the value 1 is wrong: send 2").detail())
                .isEqualTo("The value 1 is wrong: send 2.");
        assertThat(kind.title()).matches("[A-Z].*\\.");
        assertThat(kind.code()).matches("[a-z-]+");
    }
}
