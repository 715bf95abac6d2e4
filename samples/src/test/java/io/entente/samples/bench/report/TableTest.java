package io.entente.samples.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void aFigureIsALineWithMedianSpreadAndBound() {
        assertThat(Table.plain().lines(Sample.REPORT))
                .containsExactly(
                        "replicate: three data centers; half warms up",
                        "  raw <RocksDB>  90,000  writes/s  80,000 to 100,000",
                        "  replicated     45,000  writes/s  30,000 to 50,000",
                        "  to raw           0.50  ratio     0.38 to 0.50       at least 0.60: missed",
                        "  heap a node       100  MiB       1 run              at most 256: kept");
    }

    @Test
    void onlyBoundsAreColoured() {
        Table table = Table.coloured((text, kept) -> (kept ? "+" : "-") + text);
        assertThat(table.lines(Sample.REPORT))
                .filteredOn(line -> line.contains("+") || line.contains("-"))
                .satisfiesExactly(
                        missed -> assertThat(missed).endsWith("-at least 0.60: missed"),
                        kept -> assertThat(kept).endsWith("+at most 256: kept"));
    }
}
