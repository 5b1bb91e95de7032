package org.caravan.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravan.schema.Batch;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a row costs in each file format, by Caravan's encoders and by the usual libraries, from the same batches to nowhere. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 4, time = 2)
public class EncoderBenchmark {
    private static final int BATCHES = 100;
    private static final int ROWS = BATCHES * Batch.DEFAULT_CAPACITY;

    /** So many values are made: more rows of few columns, fewer of many. */
    private static final int VALUES = 2_000_000;

    @Param({"lineitem", "customer-40"})
    public String table;

    @Param({
        "parquet-snappy",
        "parquet-zstd",
        "parquet-gzip",
        "parquet-uncompressed",
        "parquet-java-snappy",
        "parquet-java-zstd",
        "avro-none",
        "avro-snappy",
        "avro-deflate",
        "avro-library-none",
        "csv-none",
        "csv-zstd",
        "csv-gzip",
        "commons-csv-none",
        "fastcsv-none",
        "jsonl-none",
        "jsonl-zstd",
        "jsonl-gzip",
        "jackson-none"
    })
    public String format;

    private List<Batch> batches = List.of();
    private FormatWriter writer = (rows, count, out) -> {};

    /** The size of what was written. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Size {
        public double bytesPerRow;

        @Setup(Level.Iteration)
        public void forget() {
            bytesPerRow = 0;
        }
    }

    static List<Batch> batches(BenchTable table) {
        int most = VALUES / table.columns().list().size() / Batch.DEFAULT_CAPACITY;
        return table.batches(Math.max(2, Math.min(BATCHES, most)));
    }

    @Setup
    public void makeRows() {
        batches = batches(BenchTable.of(table));
        writer = FormatWriter.of(format);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long encode(Size size) throws IOException {
        CountingOutput out = new CountingOutput();
        writer.write(batches, BATCHES, out);
        size.bytesPerRow = (double) out.bytes() / ROWS;
        return out.bytes();
    }
}
