package io.entente.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteBatchTest {

    private static final Bytes KEY = Bytes.utf8("key");

    @Test
    void operationsKeepTheirOrderAcrossAppends() {
        WriteBatch tail = new WriteBatch().delete(Table.LOG, KEY);
        WriteBatch batch =
                new WriteBatch().put(Table.META, KEY, KEY).append(tail).put(Table.LOG, KEY, KEY);

        assertThat(operations(batch)).containsExactly("put META", "delete LOG", "put LOG");
        assertThat(operations(tail)).containsExactly("delete LOG");
    }

    @Test
    void aBatchAppendedToItselfIsTwiceItself() {
        WriteBatch batch = new WriteBatch().put(Table.META, KEY, KEY).delete(Table.LOG, KEY);
        long bytes = batch.bytes();
        batch.append(batch);

        assertThat(operations(batch)).containsExactly("put META", "delete LOG", "put META", "delete LOG");
        assertThat(batch.bytes()).isEqualTo(2 * bytes);
    }

    @Test
    void sizeAndBytesGrowWithTheOperations() {
        WriteBatch batch = new WriteBatch();
        assertThat(batch.isEmpty()).isTrue();
        assertThat(batch.bytes()).isZero();
        batch.put(Table.RECORD, KEY, Bytes.wrap(new byte[1000])).delete(Table.RECORD, KEY);

        assertThat(batch.isEmpty()).isFalse();
        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.bytes()).isBetween(1006L, 1050L);
    }

    private static List<String> operations(WriteBatch batch) {
        List<String> seen = new ArrayList<>();
        batch.forEach(new WriteBatch.Visitor() {
            @Override
            public void put(Table table, Bytes key, Bytes value) {
                seen.add("put " + table);
            }

            @Override
            public void delete(Table table, Bytes key) {
                seen.add("delete " + table);
            }

            @Override
            public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {
                seen.add("delete range of " + table);
            }
        });
        return seen;
    }
}
