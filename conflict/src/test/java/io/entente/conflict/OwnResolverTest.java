package io.entente.conflict;

import static io.entente.conflict.Siblings.delete;
import static io.entente.conflict.Siblings.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.verify.ResolverVerifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The guide's example of a resolver class: it compiles, and it does what is said of it. {@link GuideTest} compares it with the README. */
class OwnResolverTest {

    private static final Version<Order> PAID = put("eu", 1, 10, new Order("milk", true));
    private static final Version<Order> OPEN = put("us", 2, 20, new Order("milk, bread", false));
    private static final Version<Order> CANCELLED = delete("ap", 3, 30);

    record Order(String items, boolean paid) {}

    /** An order that was paid stays paid; otherwise the last write wins, be it a cancellation. */
    static final class PaidOrdersWin implements ConflictResolver<Order> {

        @Override
        public Resolution<Order> resolve(Conflict<Order> conflict) {
            return conflict.live().stream()
                    .filter(version -> version.value().orElseThrow().paid())
                    .max(Version.byTime())
                    .map(Resolution::pick)
                    .orElseGet(() -> Resolution.pick(conflict.lastWritten()));
        }

        @Override
        public String name() {
            return "paid-orders-win";
        }
    }

    @Test
    void aPaidOrderBeatsLaterWrites() {
        assertThat(read(CANCELLED, OPEN, PAID))
                .isEqualTo(new Outcome.Value<>(new Order("milk", true), Optional.of(PAID)));
    }

    @Test
    void amongOpenOrdersTheLastWriteWins() {
        assertThat(read(CANCELLED, OPEN)).isEqualTo(new Outcome.Absent<>());
    }

    @Test
    void paidOrdersWinObeysTheLaws() {
        ResolverVerifier.of(PaidOrdersWin::new)
                .values(draws -> new Order("milk " + draws.between(1, 3), draws.percent(50)))
                .verify();
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the list copies them
    private static Outcome<Order> read(Version<Order>... siblings) {
        return GuardedResolver.of(new PaidOrdersWin()).resolve("orders", "4711", List.of(siblings));
    }
}
