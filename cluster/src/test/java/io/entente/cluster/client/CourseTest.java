package io.entente.cluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CourseTest {

    private static final URI EU_1 = URI.create("http://eu-1:1");
    private static final URI EU_2 = URI.create("http://eu-2:1");
    private static final URI US_1 = URI.create("http://us-1:1");
    private static final URI AP_1 = URI.create("http://ap-1:1");

    /** Nanoseconds; begins where it soon turns negative, as the monotonic clock may. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final Course course = new Course(
            List.of(new Site("eu", List.of(EU_1, EU_2)), new Site("us", List.of(US_1)), new Site("ap", List.of(AP_1))),
            now::get);

    @Test
    void requestsAreSpreadOverTheNodesOfTheNearestSite() {
        assertThat(course.next()).containsExactly(EU_1, EU_2, US_1, AP_1);
        assertThat(course.next()).containsExactly(EU_2, EU_1, US_1, AP_1);
        assertThat(course.next()).startsWith(EU_1);
    }

    @Test
    void aNodeThatFailedIsAskedLastUntilItHasRested() {
        course.failed(EU_1);
        assertThat(course.next()).containsExactly(EU_2, US_1, AP_1, EU_1);
        now.addAndGet(Course.REST.toNanos());
        assertThat(course.next().subList(0, 2)).containsExactlyInAnyOrder(EU_1, EU_2);
    }

    @Test
    void aClientKeepsToTheSiteThatServedItAndReturnsAfterAWhile() {
        course.failed(EU_1);
        course.failed(EU_2);
        course.served(US_1);
        assertThat(course.site().name()).isEqualTo("us");
        now.addAndGet(Course.REST.toNanos());
        assertThat(course.next()).as("though the nearest is rested").startsWith(US_1);
        assertThat(course.next().subList(1, 3)).containsExactlyInAnyOrder(EU_1, EU_2);
        now.addAndGet(Course.STAY.toNanos());
        assertThat(course.next().subList(0, 2)).containsExactlyInAnyOrder(EU_1, EU_2);
        assertThat(course.site().name()).isEqualTo("eu");
    }

    @Test
    void aNodeThatNobodyNamedChangesNothing() {
        course.served(URI.create("http://redirected:1"));
        assertThat(course.site().name()).isEqualTo("eu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-1:8081", "ftp://eu-1", "http://eu-1/maps", "http://eu-1:8081?x=1", "http:///"})
    void anAddressIsSchemeHostAndPort(String address) {
        assertThatThrownBy(() -> Site.of("eu", address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as in http://eu-1.example:8081");
    }

    @Test
    void anAddressMayEndInASlash() {
        assertThat(Site.of("eu", "http://eu-1:8081/").nodes()).containsExactly(URI.create("http://eu-1:8081"));
        assertThatThrownBy(() -> Site.of("eu")).hasMessageContaining("has no nodes");
        assertThatThrownBy(EntenteClient::of).hasMessageContaining("at least one");
    }
}
