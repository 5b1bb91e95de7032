package org.caravan.bench.spark;

import java.io.IOException;
import java.util.Locale;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Apache Spark's part: {@code read.jdbc} of a table, {@code write.parquet} with snappy. The last line of its output is how long that
 * took, from the first query until the files were closed.
 */
public final class SparkCopy {
    private static final String FETCH_SIZE = "10000";

    private SparkCopy() {}

    /** {@code TABLE DIRECTORY} for one partition, or {@code TABLE DIRECTORY PARTITIONS KEY LOWER UPPER}. */
    public static void main(String... args) throws IOException {
        SparkSession spark = SparkSession.builder()
                .appName("bench")
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .getOrCreate();
        try {
            long begun = System.nanoTime();
            read(spark, args).write().option("compression", "snappy").parquet(args[1]);
            System.out.printf(Locale.ROOT, "{\"seconds\":%.3f}%n", (System.nanoTime() - begun) / 1e9);
        } finally {
            spark.stop();
        }
    }

    private static Dataset<Row> read(SparkSession spark, String... args) {
        DataFrameReader reader = spark.read()
                .format("jdbc")
                .option("url", System.getenv("BENCH_URL"))
                .option("user", System.getenv("BENCH_USER"))
                .option("password", System.getenv("BENCH_PASSWORD"))
                .option("driver", "org.postgresql.Driver")
                .option("dbtable", args[0])
                .option("fetchsize", FETCH_SIZE);
        if (args.length > 2) {
            reader.option("numPartitions", args[2])
                    .option("partitionColumn", args[3])
                    .option("lowerBound", args[4])
                    .option("upperBound", args[5]);
        }
        return reader.load();
    }
}
