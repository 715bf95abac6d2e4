package io.entente.conflict;

import static io.entente.conflict.Siblings.conflict;
import static io.entente.conflict.Siblings.delete;
import static io.entente.conflict.Siblings.inEveryOrder;
import static io.entente.conflict.Siblings.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConflictTest {

    private static final Version<String> EU = put("eu", 1, 30, "milk");
    private static final Version<String> US = put("us", 2, 10, "bread");
    private static final Version<String> AP = delete("ap", 3, 20);

    @Test
    void theSiblingsAreInCanonicalOrderInWhateverOrderTheyArrived() {
        inEveryOrder(
                List.of(EU, US, AP),
                order -> assertThat(Conflict.of("carts", "alice", order))
                        .isEqualTo(conflict(EU, US, AP))
                        .extracting(Conflict::siblings)
                        .isEqualTo(List.of(EU, US, AP)));
    }

    @Test
    void fewerThanTwoSiblingsAreNoConflict() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> conflict(EU))
                .withMessageContaining("carts/alice")
                .withMessageContaining("not 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Conflict.of("carts", "alice", List.of()));
    }

    @Test
    void aDotNamesOneSibling() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> conflict(put("us", 2, 10, "wine"), EU, US))
                .withMessageContaining(US.dot().toString());
    }

    @Test
    void deletionsAreNotLive() {
        assertThat(conflict(AP, US, EU).live()).containsExactly(EU, US);
        assertThat(conflict(AP, delete("eu", 4, 1)).live()).isEmpty();
    }

    @Test
    void theLastWrittenHasTheHighestTime() {
        assertThat(conflict(AP, US, EU).lastWritten()).isEqualTo(EU);
        assertThat(conflict(AP, US).lastWritten()).isEqualTo(AP);
    }

    @Test
    void theAncestorIsThereWhenItIsGiven() {
        Version<String> ancestor = put("eu", 0, 1, "eggs");

        assertThat(new Conflict<>("carts", "alice", List.of(EU, US), Optional.of(ancestor)).ancestor())
                .contains(ancestor);
        assertThat(conflict(EU, US).ancestor()).isEmpty();
    }

    @Test
    void nobodyChangesTheSiblings() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> conflict(EU, US).siblings().remove(EU));
    }
}
