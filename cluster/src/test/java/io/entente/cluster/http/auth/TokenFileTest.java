package io.entente.cluster.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.cluster.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens are known by their hashes, and a file of them can be changed while the node runs. */
class TokenFileTest {

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final AccessToken token = AccessToken.make();
    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("tokens");
    }

    @Test
    void aTokenIsLongRandomAndRecognizable() {
        assertThat(token.secret())
                .matches("entente_[A-Za-z0-9_-]{43}")
                .isNotEqualTo(AccessToken.make().secret());
        assertThat(AccessToken.of(token.secret())).map(AccessToken::hash).contains(token.hash());
        for (String other :
                List.of("", "entente_", token.secret() + "x", token.secret().substring(1), "x" + token.secret())) {
            assertThat(AccessToken.of(other)).as(other).isEmpty();
        }
    }

    @Test
    void nothingButTheSecretItselfGivesItAway() {
        TokenGrant grant = grant("ops", Role.OPERATOR, token);
        assertThat(List.of(token.toString(), token.hash().toString(), grant.toString(), grant.line()))
                .noneMatch(text -> text.contains(token.secret().substring(8)));
        assertThat(TokenHash.parse(token.hash().toString())).isEqualTo(token.hash());
        assertThat(token.hash()).isNotEqualTo(AccessToken.make().hash());
    }

    @Test
    void aRoleMayWhatThoseBeforeItMay() {
        List<Role> weakestFirst = List.of(Role.READER, Role.WRITER, Role.OPERATOR);
        for (Role role : Role.values()) {
            for (Role needed : Role.values()) {
                assertThat(role.includes(needed)).isEqualTo(weakestFirst.indexOf(role) >= weakestFirst.indexOf(needed));
            }
            assertThat(Role.of(role.word())).contains(role);
        }
        assertThat(Role.of("OPERATOR")).isEmpty();
    }

    @Test
    void aTokenIsKnownByItsGrant() throws IOException {
        AccessToken other = AccessToken.make();
        write(
                "# those who may",
                grant("grafana", Role.READER, other).line(),
                "",
                "  " + grant("shop", Role.WRITER, token).line());
        TokenFile tokens = open();
        assertThat(tokens.callerWith(token)).contains(new Caller("shop", Role.WRITER));
        assertThat(tokens.callerWith(other)).contains(new Caller("grafana", Role.READER));
        assertThat(tokens.callerWith(AccessToken.make())).isEmpty();
    }

    @Test
    void tokensAreGivenAndWithdrawnWithoutARestart() throws IOException {
        AccessToken later = AccessToken.make();
        write(grant("shop", Role.WRITER, token).line());
        TokenFile tokens = open();
        write(grant("a-later-one", Role.READER, later).line());
        assertThat(tokens.callerWith(later)).as("not asked yet").isEmpty();
        aSecondPasses();
        assertThat(tokens.callerWith(later)).contains(new Caller("a-later-one", Role.READER));
        assertThat(tokens.callerWith(token)).isEmpty();
    }

    @Test
    void aFileThatCantBeReadLeavesTheTokensInForce() throws IOException {
        write(grant("shop", Role.WRITER, token).line());
        TokenFile tokens = open();
        write("half a li");
        aSecondPasses();
        assertThat(tokens.callerWith(token)).isPresent();
        Files.delete(file);
        aSecondPasses();
        assertThat(tokens.callerWith(token)).isPresent();
        AccessToken later = AccessToken.make();
        write(grant("mended", Role.OPERATOR, later).line(), "# again");
        aSecondPasses();
        assertThat(tokens.callerWith(token)).isEmpty();
        assertThat(tokens.callerWith(later)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `# nothing`               | 0 tokens, and should have 1 to
            shop writer               | line 1: write name, role and hash
            shop admin sha256:00      | line 1: the second word is a role, one of reader, writer, operator
            sh/op writer sha256:00    | a token's hash is sha256: and 64 hexadecimal digits
            shop writer md5:00        | a token's hash is sha256:
            shop writer sha256:zz     | a token's hash is sha256:
            """)
    void aLineThatCantBeReadIsNamedByItsNumber(String line, String why) throws IOException {
        write(line);
        assertThatThrownBy(this::open)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("entente.http.tokens = " + file)
                .hasMessageContaining(why);
    }

    @Test
    void aTokenInThePlaceOfItsHashIsNotRepeated() throws IOException {
        write("shop writer " + token.secret());
        assertThatThrownBy(this::open)
                .hasMessageContaining("line 1: a token itself stands there")
                .hasMessageNotContaining(token.secret().substring(8));
        assertThatThrownBy(() -> TokenFile.open(Path.of(token.secret())))
                .hasMessageContaining("can't be read")
                .hasMessageNotContaining(token.secret().substring(8));
    }

    @Test
    void aNameStandsOnce() throws IOException {
        write(
                grant("shop", Role.WRITER, token).line(),
                grant("shop", Role.READER, AccessToken.make()).line());
        assertThatThrownBy(this::open).hasMessageContaining("line 2 has the name shop, as one before it");
    }

    private TokenFile open() {
        return TokenFile.open(file, nanos::get);
    }

    private void aSecondPasses() {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    private void write(String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    private static TokenGrant grant(String name, Role role, AccessToken of) {
        return new TokenGrant(name, role, of.hash());
    }
}
