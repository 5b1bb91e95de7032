package org.caravan.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravan.format.ParquetOptions;
import org.caravan.schema.Batch;
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

/** What a row costs, and how large it is, by the sizes of row groups, pages and dictionaries; in the product's heap. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 2, time = 2)
public class ParquetLayoutBenchmark {
    private static final int BATCHES = 600;
    private static final int ROWS = BATCHES * Batch.DEFAULT_CAPACITY;

    @Param({"lineitem", "customer-40"})
    public String table;

    @Param({"8", "16", "32", "64", "128"})
    public int rowGroupMegabytes;

    @Param({"64", "256", "1024"})
    public int pageKilobytes;

    @Param({"0", "64", "512", "1024"})
    public int dictionaryKilobytes;

    private List<Batch> batches = List.of();
    private FormatWriter writer = (rows, count, out) -> {};

    @Setup
    public void makeRows() {
        batches = BenchTable.of(table).batches(20);
        writer = FormatWriter.parquet(ParquetOptions.builder()
                .rowGroupBytes((long) rowGroupMegabytes << 20)
                .pageBytes(pageKilobytes << 10)
                .dictionaryBytes(dictionaryKilobytes << 10)
                .build());
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long encode(EncoderBenchmark.Size size) throws IOException {
        CountingOutput out = new CountingOutput();
        writer.write(batches, BATCHES, out);
        size.bytesPerRow = (double) out.bytes() / ROWS;
        return out.bytes();
    }
}
