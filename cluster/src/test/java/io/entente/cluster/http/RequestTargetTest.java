package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets are taken apart undecoded, and their parts decoded strictly. */
class RequestTargetTest {

    @Test
    void anEncodedSlashParametersAndEmptySegmentsStayWhereTheyAre() {
        assertThat(RequestTarget.parse("/maps/m/a%2Fb?x=/&y=?#z"))
                .isEqualTo(new RequestTarget(List.of("maps", "m", "a%2Fb"), "x=/&y=?"));
        assertThat(RequestTarget.parse("/").segments()).containsExactly("");
        assertThat(RequestTarget.parse("//").segments()).containsExactly("", "");
        assertThat(RequestTarget.parse("/a/../b/").segments()).containsExactly("a", "..", "b", "");
    }

    @Test
    void anAbsoluteTargetIsItsPath() {
        assertThat(RequestTarget.parse("http://a:1/b?c")).isEqualTo(new RequestTarget(List.of("b"), "c"));
        assertThat(RequestTarget.parse("http://a").segments()).containsExactly("");
        assertThat(RequestTarget.parse("/x?to=http://a/b").query()).isEqualTo("to=http://a/b");
    }

    @Test
    void everyTextComesBackFromItsEncoding() {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(20), 0, Character.MAX_CODE_POINT)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
            assertThat(PercentEncoding.decodeInQuery(encoded)).isEqualTo(text);
            assertThat(PercentEncoding.decode(encoded.replace("+", "%20"))).isEqualTo(text);
        }
    }

    @Test
    void aPlusIsASpaceInQueriesOnly() {
        assertThat(PercentEncoding.decode("a+b")).isEqualTo("a+b");
        assertThat(PercentEncoding.decodeInQuery("a+b%2B")).isEqualTo("a b+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "a%",
                "%4",
                "%4g",
                "%g4",
                "%%41",
                "%+1",
                "%-1",
                "%80",
                "%C3",
                "%C0%AF",
                "%ED%A0%80",
                "%F5%80%80%80",
                "%FF"
            })
    void whatIsNoEncodingOfUtf8IsRefused(String encoded) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PercentEncoding.decode(encoded))
                .withMessageContaining(encoded.substring(0, 1));
    }
}
