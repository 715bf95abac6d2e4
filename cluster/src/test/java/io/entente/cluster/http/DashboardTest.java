package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard's files: how they are served, and what they may not contain. What the page does is tried in a browser. */
class DashboardTest {

    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";

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
    void aBrowserGetsThePageAndAProgramGetsText() {
        Answer page = node.get("/", "Accept", HTML).hasStatus(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=UTF-8");
        assertThat(page.header("Vary")).isEqualTo("Accept");
        assertThat(page.text()).contains("<title>Entente</title>");
        Answer text = node.get("/").hasStatus(200);
        assertThat(text.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(text.header("Vary")).isEqualTo("Accept");
    }

    @ParameterizedTest
    @CsvSource({
        "/dashboard/index.html, text/html; charset=UTF-8",
        "/dashboard/style.css, text/css; charset=UTF-8",
        "/dashboard/app.js, text/javascript; charset=UTF-8",
        "/dashboard/icon.svg, image/svg+xml"
    })
    void aFileHasItsTypeAndThePagesPolicy(String path, String type) {
        Answer file = node.get(path).hasStatus(200);
        assertThat(file.header("Content-Type")).isEqualToIgnoringCase(type);
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .contains("require-trusted-types-for 'script'", "trusted-types 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(file.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void aBrowserKeepsAFileAndAsksWhetherItHasChanged() {
        Answer first = node.get("/dashboard/app.js").hasStatus(200);
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        String tag = first.header("ETag");
        Answer again = node.get("/dashboard/app.js", "If-None-Match", tag).hasStatus(304);
        assertThat(again.text()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(tag);
        node.get("/dashboard/app.js", "If-None-Match", "\"another\"").hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dashboard",
                "/dashboard/",
                "/dashboard/nothing.js",
                "/dashboard/%2e%2e/Routes.class",
                "/dashboard/../Routes.class"
            })
    void nothingElseIsServed(String path) {
        node.get(path).isProblem(404, "no-such-path");
    }

    @Test
    void whateverAFileRefersToIsServedAndOfThisNode() throws IOException {
        for (String name : List.of(
                "index.html",
                "style.css",
                "icon.svg",
                "app.js",
                "charts.js",
                "cluster.js",
                "conflicts.js",
                "dom.js",
                "keys.js",
                "live.js",
                "map.js")) {
            String text = file(name);
            assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                    .as(name)
                    .doesNotContain("http:", "https:", "//cdn", "@import", "url(");
            for (String path : found(text, "(?:src|href)=\"(/[^\"#]*)\"")) {
                node.get(path).hasStatus(200);
            }
            for (String module : found(text, "from \"\\./([^\"]*)\"")) {
                node.get("/dashboard/" + module).hasStatus(200);
            }
        }
    }

    @Test
    void noFileTurnsTextIntoMarkupOrCode() throws IOException {
        for (String name : List.of(
                "app.js", "charts.js", "cluster.js", "conflicts.js", "dom.js", "keys.js", "live.js", "map.js")) {
            assertThat(file(name))
                    .as(name)
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
                    .doesNotContain("new Function", "setTimeout(\"", "javascript:", "DOMParser");
        }
        assertThat(found(file("index.html"), "(<script(?![^>]*src=)|\\son[a-z]+=|\\sstyle=)"))
                .isEmpty();
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String file(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(DashboardResource.class.getResourceAsStream("dashboard/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
