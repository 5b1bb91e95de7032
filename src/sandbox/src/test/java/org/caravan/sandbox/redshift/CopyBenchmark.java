package org.caravan.sandbox.redshift;

import io.trino.tpch.Distributions;
import io.trino.tpch.GenerateUtils;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.TextPool;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.caravan.sandbox.postgres.PostgresServer;

/**
 * Loads the same TPC-H line items side by side: as Parquet files by the stand-in's COPY through S3 and the Redshift driver, and as
 * one CSV file by PostgreSQL's own {@code COPY … FROM 'file'}. Not a test: run by hand, the figures are in docs/performance.md.
 *
 * <pre>
 * cd src/sandbox &amp;&amp; mvn -o -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -Xmx512m -cp target/test-classes:target/classes:$(cat target/classpath) org.caravan.sandbox.redshift.CopyBenchmark 1 3
 * </pre>
 *
 * <p>The arguments are the scale (1 is 6,001,215 rows) and how often both are run. Files are made below {@code target/bench} once
 * for a scale and kept.
 */
final class CopyBenchmark {
    private static final int FILES = 4;
    private static final String ROLE = "arn:aws:iam::123456789012:role/caravan-copy";
    private static final String COLUMNS =
            """
            l_orderkey bigint, l_partkey bigint, l_suppkey bigint, l_linenumber integer, l_quantity numeric(12,2),
            l_extendedprice numeric(15,2), l_discount numeric(12,2), l_tax numeric(12,2), l_returnflag char(1), l_linestatus char(1),
            l_shipdate date, l_commitdate date, l_receiptdate date, l_shipinstruct char(25), l_shipmode char(10),
            l_comment varchar(44)""";
    private static final MessageType SCHEMA = ParquetFiles.schema(List.of(
            "optional int64 l_orderkey",
            "optional int64 l_partkey",
            "optional int64 l_suppkey",
            "optional int32 l_linenumber",
            "optional int64 l_quantity (DECIMAL(12,2))",
            "optional int64 l_extendedprice (DECIMAL(15,2))",
            "optional int64 l_discount (DECIMAL(12,2))",
            "optional int64 l_tax (DECIMAL(12,2))",
            "optional binary l_returnflag (STRING)",
            "optional binary l_linestatus (STRING)",
            "optional int32 l_shipdate (DATE)",
            "optional int32 l_commitdate (DATE)",
            "optional int32 l_receiptdate (DATE)",
            "optional binary l_shipinstruct (STRING)",
            "optional binary l_shipmode (STRING)",
            "optional binary l_comment (STRING)"));

    private CopyBenchmark() {}

    public static void main(String[] args) throws Exception {
        double scale = args.length > 0 ? Double.parseDouble(args[0]) : 0.1;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Path target = Path.of("target").toAbsolutePath();
        Path files = target.resolve("bench").resolve("scale-" + scale);
        if (!Files.exists(files.resolve("done"))) {
            generate(scale, files);
        }
        Path work = Files.createTempDirectory(target, "bench-");
        Path binaries = target.resolve("postgres-binaries");
        Map<String, String> settings = RedshiftStandIn.postgresSettings();
        try (PostgresServer postgres = PostgresServer.start(binaries, work.resolve("postgres"), settings);
                LocalS3 s3 = new LocalS3(work.resolve("s3"));
                RedshiftStandIn redshift = redshift(work, binaries, s3)) {
            for (int i = 1; i <= FILES; i++) {
                s3.put("lineitem/" + i + ".parquet", files.resolve(i + ".parquet"));
            }
            for (int run = 0; run < runs; run++) {
                double own = postgres(postgres, files.resolve("lineitem.csv"));
                double standIn = standIn(redshift);
                System.out.printf(
                        Locale.ROOT,
                        "run %d: PostgreSQL COPY of CSV %.2f s, stand-in COPY of Parquet %.2f s, ratio %.2f%n",
                        run + 1,
                        own,
                        standIn,
                        standIn / own);
            }
        }
    }

    private static RedshiftStandIn redshift(Path work, Path binaries, LocalS3 s3) throws Exception {
        return RedshiftStandIn.start(new RedshiftStandIn.Options(
                work.resolve("redshift"),
                binaries,
                0,
                "dev",
                "awsuser",
                "Secret99",
                s3.endpoint(),
                "us-east-1",
                LocalS3.ACCESS_KEY,
                LocalS3.SECRET_KEY,
                List.of(ROLE)));
    }

    private static double postgres(PostgresServer server, Path csv) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists lineitem");
            statement.execute("create table lineitem (" + COLUMNS + ")");
            return seconds(statement, "copy lineitem from '" + csv + "' (format csv)");
        }
    }

    private static double standIn(RedshiftStandIn redshift) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "awsuser");
        properties.setProperty("password", "Secret99");
        properties.setProperty("ssl", "false");
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:redshift://127.0.0.1:" + redshift.port() + "/dev", properties);
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists lineitem");
            statement.execute("create table lineitem (" + COLUMNS + ")");
            return seconds(statement, "copy lineitem from 's3://stage/lineitem/' iam_role default parquet");
        }
    }

    private static double seconds(Statement statement, String sql) throws SQLException {
        long start = System.nanoTime();
        statement.execute(sql);
        double seconds = (System.nanoTime() - start) / 1e9;
        try (ResultSet rows =
                statement.executeQuery("select count(*), sum(l_extendedprice), count(l_comment) from lineitem")) {
            rows.next();
            System.out.println(rows.getLong(1) + " rows, " + rows.getBigDecimal(2) + ", " + rows.getLong(3));
        }
        return seconds;
    }

    private static void generate(double scale, Path files) throws IOException {
        Files.createDirectories(files);
        Distributions words = Distributions.getDefaultDistributions();
        TextPool text = new TextPool(8 << 20, words);
        SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
        try (Writer csv = Files.newBufferedWriter(files.resolve("lineitem.csv"))) {
            for (int part = 1; part <= FILES; part++) {
                try (ParquetWriter<Group> parquet = ExampleParquetWriter.builder(
                                new LocalOutputFile(files.resolve(part + ".parquet")))
                        .withConf(new PlainParquetConfiguration())
                        .withType(SCHEMA)
                        .withCompressionCodec(CompressionCodecName.SNAPPY)
                        .withRowGroupSize(32L << 20)
                        .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                        .build()) {
                    for (LineItem row : new LineItemGenerator(scale, part, FILES, words, text)) {
                        csv.write(csv(row));
                        parquet.write(group(groups, row));
                    }
                }
            }
        }
        Files.createFile(files.resolve("done"));
    }

    private static Group group(SimpleGroupFactory groups, LineItem row) {
        Group group = groups.newGroup();
        group.add(0, row.getOrderKey());
        group.add(1, row.getPartKey());
        group.add(2, row.getSupplierKey());
        group.add(3, row.getLineNumber());
        group.add(4, row.getQuantity() * 100L);
        group.add(5, row.getExtendedPriceInCents());
        group.add(6, row.getDiscountPercent());
        group.add(7, row.getTaxPercent());
        group.add(8, row.getReturnFlag());
        group.add(9, row.getStatus());
        group.add(10, row.getShipDate());
        group.add(11, row.getCommitDate());
        group.add(12, row.getReceiptDate());
        group.add(13, row.getShipInstructions());
        group.add(14, row.getShipMode());
        group.add(15, row.getComment());
        return group;
    }

    private static String csv(LineItem row) {
        List<String> fields = new ArrayList<>();
        fields.add(String.valueOf(row.getOrderKey()));
        fields.add(String.valueOf(row.getPartKey()));
        fields.add(String.valueOf(row.getSupplierKey()));
        fields.add(String.valueOf(row.getLineNumber()));
        fields.add(row.getQuantity() + ".00");
        fields.add(hundredths(row.getExtendedPriceInCents()));
        fields.add(hundredths(row.getDiscountPercent()));
        fields.add(hundredths(row.getTaxPercent()));
        fields.add(row.getReturnFlag());
        fields.add(row.getStatus());
        fields.add(GenerateUtils.formatDate(row.getShipDate()));
        fields.add(GenerateUtils.formatDate(row.getCommitDate()));
        fields.add(GenerateUtils.formatDate(row.getReceiptDate()));
        fields.add(row.getShipInstructions());
        fields.add(row.getShipMode());
        fields.add("\"" + row.getComment().replace("\"", "\"\"") + "\"");
        return String.join(",", fields) + "\n";
    }

    private static String hundredths(long value) {
        return value / 100 + "." + String.format(Locale.ROOT, "%02d", value % 100);
    }
}
