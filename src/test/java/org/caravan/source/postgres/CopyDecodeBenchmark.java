package org.caravan.source.postgres;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravan.bench.BenchTable;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to take a row of a COPY apart into a batch; the copy of the row's bytes, which decoding changes, is in it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 1)
public class CopyDecodeBenchmark {
    private static final int ROWS = 10 * Batch.DEFAULT_CAPACITY;

    @Param({"lineitem", "customer-40"})
    public String table;

    private byte[][] lines = {};
    private Batch batch = new Batch(BenchTable.of("smallint").columns());
    private CopyLine line = new CopyLine(1);
    private Cell[] cells = {};

    @Setup
    public void makeRows() {
        BenchTable rows = BenchTable.of(table);
        Columns columns = rows.columns();
        List<byte[]> list = rows.copyLines(ROWS);
        lines = list.toArray(byte[][]::new);
        batch = new Batch(columns, Batch.DEFAULT_CAPACITY);
        line = new CopyLine(columns.size());
        cells = columns.stream()
                .map(column -> Cells.of(column.type(), "float8"))
                .toArray(Cell[]::new);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Object decode() {
        for (int from = 0; from < ROWS; from += batch.capacity()) {
            batch.clear();
            for (int row = 0; row < batch.capacity(); row++) {
                decode(lines[from + row].clone(), row);
            }
            batch.setRows(batch.capacity());
        }
        return batch;
    }

    private void decode(byte[] bytes, int row) {
        if (!line.split(bytes)) {
            throw new IllegalStateException("A row has other columns");
        }
        for (int i = 0; i < cells.length; i++) {
            if (line.isNull(i)) {
                batch.vector(i).setNull(row);
            } else if (!cells[i].decode(line.data(), line.start(i), line.end(i), batch.vector(i), row)) {
                throw new IllegalStateException("A value is not plain");
            }
        }
    }
}
