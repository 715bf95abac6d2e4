package io.entente.cluster.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.Entente;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.EntenteSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard as a person meets it: three data centers, a real browser, and pictures of what is to be seen. {@code mvn -P browser verify -pl
 * cluster -am}; needs Debian's chromium. The pictures go to {@code target/dashboard}.
 */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardBrowserTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of("target", "dashboard");
    private static final int TAB = 9;
    private static final String HOSTILE =
            "<img src=x onerror=\\\"document.title=1\\\"><script>document.title=2</script>";

    private static final String SCRIPT = """
            window.put = (dc, key, value) => fetch(`/at/${dc}/maps/users/${key}`,
                {method: "PUT", headers: {"Content-Type": "application/json"}, body: JSON.stringify(value)});
            window.order = (what, how) => fetch(`/admin/${what}`,
                {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(how)});
            window.text = selector => document.querySelector(selector)?.textContent ?? "";
            window.press = (label) => [...document.querySelectorAll("button")]
                .find(button => (button.getAttribute("aria-label") || button.textContent) === label).click();
            """;

    @TempDir
    static Path directory;

    private final List<Entente> nodes = new ArrayList<>();
    private Chromium browser;

    @BeforeAll
    void start() throws IOException {
        Path program = Chromium.installed()
                .orElseThrow(() -> new IllegalStateException("no browser: apt-get install chromium"));
        int seed = freePort();
        for (String name : List.of("eu", "us", "ap")) {
            nodes.add(Entente.launch(EntenteSettings.load()
                    .withName(name + "-1")
                    .withDataCenter(name)
                    .withPort(name.equals("eu") ? seed : 0)
                    .withSeeds(List.of(new Address("127.0.0.1", seed)))
                    .withHttpPort(0)
                    .withFoundingWait(Duration.ZERO)
                    .withMembers(List.of("eu-1", "us-1", "ap-1"))
                    .withData(directory.resolve(name))
                    .withFaultInjection(true)));
        }
        nodes.forEach(node -> assertThat(node.awaitReady(PATIENCE)).isTrue());
        browser = new Chromium(program, directory.resolve("browser"));
        browser.look(1200, 900, false);
        browser.open(
                "http://127.0.0.1:" + nodes.get(0).httpAddress().orElseThrow().getPort() + "/");
        until("document.readyState === 'complete' && !!document.querySelector('#map-picture svg')");
        browser.evaluate(SCRIPT);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        nodes.forEach(Entente::close);
    }

    @Test
    @Order(1)
    void anIdleClusterHasConverged() {
        until("text('#verdict').includes('Converged') && text('#connection').includes('Live')");
        assertThat(text("#conflict-status")).contains("No conflict so far");
        assertThat(browser.evaluate("document.querySelectorAll('.place').length")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    @Order(2)
    void aLinkIsCutByAButtonAndTheMapShowsIt() {
        browser.evaluate("press('Cut the link between ap and eu')");
        until("document.querySelectorAll('.link.cut').length === 2");
        browser.evaluate("press('Cut the link between eu and us')");
        until("document.querySelectorAll('.link.cut').length === 4");
        until("text('#marks').includes('eu – us was cut')");
    }

    @Test
    @Order(3)
    void aConflictOfTwoSidesIsShownSideBySideWhenTheLinksAreHealed() {
        browser.evaluate("put('eu', 'alice', {name: 'Alicia', city: 'Berlin'})");
        until("text('#verdict').includes('1 key differs')");
        browser.evaluate("put('us', 'alice', {name: 'Ally', city: 'Boston'})");
        browser.evaluate("put('eu', 'page', \"" + HOSTILE + "\")");
        browser.evaluate("put('us', 'page', 'another')");
        until("text('#verdict').includes('Up to 4 keys differ')");
        assertThat(text("#verdict-detail")).contains("4 entries are not everywhere yet");
        browser.evaluate("press('Heal the link between eu and us')");
        browser.evaluate("press('Heal the link between ap and eu')");
        until("document.querySelectorAll('#conflict-list > li').length === 2");
        browser.evaluate("document.querySelectorAll('#conflict-list summary').forEach(one => one.click())");
        until("document.querySelectorAll('#conflict-list .version').length === 6");
        until("text('#verdict').includes('Converged')");
    }

    @Test
    @Order(4)
    void whatStrangersStoredIsTextAndNeverRuns() {
        assertThat(text("#conflict-list")).contains("<script>document.title=2</script>");
        assertThat(browser.evaluate("document.querySelectorAll('main img, main script').length")
                        .intValue())
                .isZero();
        assertThat(browser.evaluate("document.title").textValue()).isEqualTo("Entente");
    }

    @Test
    @Order(5)
    void anotherResolverIsTriedAndATestIsCopied() {
        browser.evaluate("(() => { const item = [...document.querySelectorAll('#conflict-list > li')]"
                + ".find(one => one.textContent.includes('users/alice')); window.item = item;"
                + "item.querySelector('select').value = 'first-writer-wins';"
                + "item.querySelector('form').requestSubmit(); })()");
        until("item.textContent.includes('What first-writer-wins would make of it')");
        browser.evaluate("[...item.querySelectorAll('button')].find(b => b.textContent === 'Copy as test').click()");
        until("document.getElementById('code').open && text('#code-text').includes('itIsResolvedAsTheNodeDid')");
        browser.evaluate("document.getElementById('code').close()");
    }

    @Test
    @Order(6)
    void aKeyIsShownAndWrittenInEveryDataCenter() {
        browser.evaluate(
                "[...item.querySelectorAll('button')].find(b => b.textContent === 'See the key everywhere').click()");
        until("document.querySelectorAll('#key-columns .version pre').length >= 3");
        browser.evaluate("(() => { const card = document.querySelectorAll('#key-columns article')[2];"
                + "card.querySelector('textarea').value = '{\"name\":\"Alice\"}';"
                + "card.querySelector('input[type=checkbox]').checked = true;"
                + "card.querySelector('form').requestSubmit(); })()");
        until(
                "[...document.querySelectorAll('#key-columns article .value')].every(v => v.textContent.includes('\"Alice\"'))");
    }

    @Test
    @Order(7)
    void theFirstTabGoesToTheContentAndFocusIsSeen() {
        browser.evaluate(
                "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')");
        browser.press("Tab", TAB);
        assertThat(browser.evaluate("document.activeElement.className").textValue())
                .isEqualTo("skip");
        assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                        .textValue())
                .isEqualTo("solid");
    }

    @Test
    @Order(8)
    void itFitsAPhone() {
        browser.look(375, 740, false);
        until("document.querySelector('#map-picture svg').clientWidth < 375");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
                .isLessThanOrEqualTo(375);
        browser.shoot(PICTURES.resolve("phone.png"), "html");
        browser.look(1200, 900, true);
        until("document.querySelector('#map-picture svg').clientWidth > 800");
        browser.shoot(PICTURES.resolve("dark.png"), "html");
        browser.look(1200, 900, false);
        browser.shoot(PICTURES.resolve("light.png"), "html");
        browser.shoot(PICTURES.resolve("conflict.png"), "#conflicts");
    }

    @Test
    @Order(9)
    void theOneLeaderAndItsFollowersAreTold() {
        assertThat(text("#map-picture")).contains("★ eu-1", "★ us-1", "★ ap-1");
        browser.evaluate("order('mode', {mode: 'single-leader', failover: 'manual'})");
        until("text('#where').includes('single-leader') && text('#map-picture').includes('○ us-1')");
        until("text('#map-picture').includes('★ eu-1') && text('#map-picture').includes('○ ap-1')");
        browser.shoot(PICTURES.resolve("one-leader.png"), "#map");
        browser.evaluate("order('mode', {mode: 'multi-leader'})");
        until("text('#map-picture').includes('★ us-1') && text('#map-picture').includes('★ ap-1')");
    }

    @Test
    @Order(10)
    void aNodeThatFellSilentIsMarked() {
        assertThat(browser.complaints()).isEmpty();
        nodes.get(1).close();
        until("text('#verdict-detail').includes('No answer from us-1')");
        until("text('#marks').includes('us-1 fell silent')");
        until("document.querySelectorAll('.place .dead').length === 1");
        until("document.querySelectorAll('.link.down').length === 4");
        browser.shoot(PICTURES.resolve("silent.png"), "#map");
    }

    @Test
    @Order(11)
    void aLostConnectionIsSaid() {
        nodes.get(0).close();
        until("text('#connection').includes('lost') && !document.getElementById('lost').hidden");
        assertThat(text("#verdict")).contains("Not known");
        browser.shoot(PICTURES.resolve("lost.png"), "html");
    }

    private String text(String selector) {
        return browser.evaluate("text(\"" + selector + "\")").textValue();
    }

    private void until(String condition) {
        Callable<Boolean> holds = () -> browser.evaluate(condition).booleanValue();
        await(condition).atMost(PATIENCE).until(holds);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
