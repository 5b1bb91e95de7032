package org.caravan.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravan.schema.Batch;
import org.caravan.verify.TableSummary;
import org.caravan.verify.digest.DigestAccumulator;
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

/** What the digest costs for a row, and what it costs with the summary beside it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 1)
public class DigestBenchmark {
    private static final int ROWS = 50 * Batch.DEFAULT_CAPACITY;

    @Param({
        "lineitem",
        "customer-40",
        "smallint",
        "integer",
        "bigint",
        "decimal12",
        "decimal38",
        "double",
        "text-few",
        "text-some",
        "text-unique"
    })
    public String table;

    private List<Batch> batches = List.of();

    @Setup
    public void makeRows() {
        batches = EncoderBenchmark.batches(BenchTable.of(table));
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Object digest() {
        DigestAccumulator digest = new DigestAccumulator(batches.get(0).columns());
        for (int i = 0; i < ROWS / Batch.DEFAULT_CAPACITY; i++) {
            digest.add(batches.get(i % batches.size()));
        }
        return digest.digest();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Object digestAndSummary() {
        TableSummary summary = new TableSummary(batches.get(0).columns());
        for (int i = 0; i < ROWS / Batch.DEFAULT_CAPACITY; i++) {
            summary.add(batches.get(i % batches.size()));
        }
        return summary.digest(batches.get(0).columns());
    }
}
