package io.entente.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.record.RecordKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a conflict is called. */
class ConflictIdTest {

    private static final Dot EU = new Dot(new Origin("eu", "eu-1", 1, 1), 5);
    private static final Dot US = new Dot(new Origin("us", "us-1", 2, 2), 7);
    private static final RecordKey KEY = new RecordKey("users", "alice");

    @Test
    void theOrderOfArrivalIsNoPartOfTheName() {
        assertThat(ConflictId.of(KEY, List.of(EU, US))).isEqualTo(ConflictId.of(KEY, List.of(US, EU)));
    }

    @Test
    void mapKeyAndEverySiblingArePartsOfTheName() {
        Set<ConflictId> names = new HashSet<>();
        names.add(ConflictId.of(KEY, List.of(EU, US)));
        names.add(ConflictId.of(KEY, List.of(EU, new Dot(US.origin(), 8))));
        names.add(ConflictId.of(KEY, List.of(EU, US, new Dot(US.origin(), 8))));
        names.add(ConflictId.of(new RecordKey("users", "bob"), List.of(EU, US)));
        names.add(ConflictId.of(new RecordKey("user", "salice"), List.of(EU, US)));
        assertThat(names).hasSize(5);
    }

    @Test
    void aNameIsReadBackFromItsText() {
        ConflictId id = ConflictId.of(KEY, List.of(EU, US));
        assertThat(id.toString()).hasSize(32);
        assertThat(ConflictId.parse(id.toString())).isEqualTo(id);
        assertThatThrownBy(() -> ConflictId.parse(id.toString().toUpperCase(java.util.Locale.ROOT) + "F"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32");
    }

    /** Other nodes, and other versions, must come to the same. */
    @Test
    void theNameOfAConflictNeverChanges() {
        assertThat(ConflictId.of(KEY, List.of(EU, US))).hasToString("6843dd6113d5f5f05084e4fcf9c9d55c");
    }
}
