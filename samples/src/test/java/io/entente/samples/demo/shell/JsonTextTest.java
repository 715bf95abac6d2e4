package io.entente.samples.demo.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.map.StoredValue;
import io.entente.core.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            hello                 ~ "hello"
            "hello"               ~ "hello"
            'hello'               ~ "hello"
            ''hello''             ~ "'hello'"
            it's                  ~ "it's"
            'at eu'               ~ "at eu"
            '                     ~ "'"
            ''                    ~ ""
            42                    ~ 42
            '42'                  ~ 42
            "42"                  ~ "42"
            '"42"'                ~ "42"
            true                  ~ true
            null                  ~ null
            nil                   ~ "nil"
            {"a": [1, 2]}         ~ {"a":[1,2]}
            '{"a": 1}'            ~ {"a":1}
            {"a": 1} trailing     ~ "{\\"a\\": 1} trailing"
            {a: 1}                ~ "{a: 1}"
            1 # no comment here   ~ "1 # no comment here"
            """)
    void whatIsTypedIsJsonOrElseAString(String typed, String json) {
        assertThat(JsonText.typed(typed).toString()).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            1                      ~ 1.0                    ~ true
            1e2                    ~ 100                    ~ true
            0.1                    ~ 0.10000000000000000001 ~ false
            9007199254740993       ~ 9007199254740992       ~ false
            1                      ~ "1"                    ~ false
            {"a":1,"b":[2]}        ~ {"b":[2.0],"a":1}      ~ true
            [1,2]                  ~ [2,1]                  ~ false
            {"a":1}                ~ {"a":1,"b":null}       ~ false
            null                   ~ "null"                 ~ false
            """)
    void valuesAreComparedAsJson(String one, String other, boolean same) {
        assertThat(JsonText.same(JsonText.typed(one), JsonText.typed(other))).isEqualTo(same);
    }

    @Test
    void aStoredTextReadsAsAString() {
        assertThat(JsonText.printed(StoredValue.text("42"))).isEqualTo("\"42\"");
        assertThat(JsonText.printed(JsonText.stored(JsonText.typed("42")))).isEqualTo("42");
    }

    @Test
    void bytesAreShownByTypeAndSize() {
        StoredValue bytes = StoredValue.binary(Bytes.utf8("abc"));
        assertThat(JsonText.printed(bytes)).isEqualTo("(application/octet-stream, 3 bytes)");
        assertThat(JsonText.of(bytes)).isEmpty();
    }
}
