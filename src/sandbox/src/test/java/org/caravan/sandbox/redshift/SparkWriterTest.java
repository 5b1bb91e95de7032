package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the Spark connector for Redshift does, with the files that Spark itself writes and the statements of the connector's
 * RedshiftWriter and RedshiftRelation (github.com/spark-redshift-community/spark-redshift), which prepares every statement with
 * autocommit off; and Spark's own JDBC source, which takes the stand-in for any database.
 */
@ExtendWith(SharedRedshift.class)
class SparkWriterTest {
    private static final String NULL_STRING = "@NULL@";

    @TempDir
    private static Path directory;

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.session.timeZone", "UTC")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static Dataset<Row> rows() {
        StructType schema = new StructType()
                .add("id", DataTypes.IntegerType)
                .add("name", DataTypes.StringType)
                .add("price", DataTypes.createDecimalType(12, 2))
                .add("day", DataTypes.DateType)
                .add("at", DataTypes.TimestampType)
                .add("ok", DataTypes.BooleanType);
        return spark.createDataFrame(
                        List.of(
                                RowFactory.create(
                                        1,
                                        "one, \"quoted\"",
                                        new BigDecimal("12.30"),
                                        Date.valueOf("2026-11-24"),
                                        Timestamp.valueOf("2026-11-24 06:00:00.123456"),
                                        true),
                                RowFactory.create(2, null, null, null, null, null),
                                RowFactory.create(
                                        3,
                                        "drei 🐫",
                                        new BigDecimal("-0.01"),
                                        Date.valueOf("1969-12-31"),
                                        Timestamp.valueOf("1969-12-31 23:59:59.999999"),
                                        false)),
                        schema)
                .coalesce(1);
    }

    /** The connector writes decimals, dates and timestamps as text, but for Parquet. */
    private static Dataset<Row> asText(Dataset<Row> rows) {
        return rows.withColumn("price", functions.col("price").cast("string"))
                .withColumn("day", functions.col("day").cast("string"))
                .withColumn("at", functions.date_format(functions.col("at"), "yyyy-MM-dd HH:mm:ss.SSSSSS"));
    }

    private static String stage(String folder, Dataset<Row> rows, String format) throws IOException {
        Path written = directory.resolve("spark").resolve(folder);
        rows.write()
                .format(format.startsWith("csv") ? "csv" : format)
                .option("escape", "\"")
                .option("nullValue", NULL_STRING)
                .option("compression", format.equals("csv") ? "none" : format.equals("csv gzip") ? "gzip" : "snappy")
                .save(written.toString());
        List<String> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(written)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("part-"))
                    .toList()) {
                String url = SharedRedshift.s3().put(folder + "/" + file.getFileName(), file);
                entries.add("{\"url\":\"" + url + "\",\n \"mandatory\":true,\n \"meta\": {\"content_length\":"
                        + Files.size(file) + "}}");
            }
        }
        return SharedRedshift.s3()
                .put(folder + "/manifest.json", "{\"entries\": [" + String.join(",\n", entries) + "]}");
    }

    private static void prepareAndExecute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private static void save(String table, String manifest, String format) throws SQLException {
        try (Connection connection = SharedRedshift.connect()) {
            prepareAndExecute(connection, "set query_group to '{\"spark-redshift-connector\":{\"svc\":\"\"}}'");
            connection.setAutoCommit(false);
            prepareAndExecute(connection, "DROP TABLE IF EXISTS " + table + ";");
            prepareAndExecute(
                    connection,
                    "CREATE TABLE IF NOT EXISTS " + table + " (\"id\" INTEGER  , \"name\" VARCHAR(MAX)  , \"price\""
                            + " DECIMAL(12,2)  , \"day\" DATE  , \"at\" TIMESTAMP  , \"ok\" BOOLEAN ) DISTSTYLE EVEN  ");
            prepareAndExecute(connection, "COMMENT ON TABLE " + table + " IS 'written by Spark''s connector'");
            prepareAndExecute(
                    connection,
                    "COPY " + table + " FROM '" + manifest + "' FORMAT AS " + format + "  manifest   CREDENTIALS"
                            + " 'aws_iam_role=" + SharedRedshift.ROLE + "'");
            connection.commit();
        }
    }

    private static String read(String table) throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                PreparedStatement query = connection.prepareStatement("select * from " + table + " order by id");
                ResultSet rows = query.executeQuery()) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= 6; i++) {
                    values.add(rows.getString(i));
                }
                lines.add(String.join("|", values));
            }
            return String.join("; ", lines);
        }
    }

    private static final String EXPECTED = "1|one, \"quoted\"|12.30|2026-11-24|2026-11-24 06:00:00.123456|t; "
            + "2|null|null|null|null|null; 3|drei 🐫|-0.01|1969-12-31|1969-12-31 23:59:59.999999|f";

    @Test
    void loadsWhatSparkWritesAsAvro() throws Exception {
        save("\"PUBLIC\".\"spark_avro\"", stage("avro", asText(rows()), "avro"), "AVRO 'auto' ");

        assertThat(read("public.spark_avro")).isEqualTo(EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "csv gzip"})
    void loadsWhatSparkWritesAsCsv(String format) throws Exception {
        String name = format.replace(' ', '_');
        String manifest = stage(name, asText(rows()), format);

        save(
                "\"PUBLIC\".\"spark_" + name + "\"",
                manifest,
                format.toUpperCase(java.util.Locale.ROOT) + " NULL AS '" + NULL_STRING + "' ");

        assertThat(read("public.spark_" + name)).isEqualTo(EXPECTED);
    }

    @Test
    void loadsWhatSparkWritesAsParquet() throws Exception {
        spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        save("\"PUBLIC\".\"spark_parquet\"", stage("parquet", rows(), "parquet"), "PARQUET SERIALIZETOJSON");

        assertThat(read("public.spark_parquet")).isEqualTo(EXPECTED);
    }

    @Test
    void unloadsWhatTheConnectorReads() throws Exception {
        save("\"PUBLIC\".\"spark_unload\"", stage("unload", asText(rows()), "avro"), "AVRO 'auto' ");
        try (Connection connection = SharedRedshift.connect()) {
            prepareAndExecute(
                    connection,
                    "UNLOAD ('SELECT \"id\", \"name\" FROM \"PUBLIC\".\"spark_unload\" WHERE \"name\" <> \\'x\\'') TO 's3://"
                            + LocalS3.BUCKET + "/unloaded/' WITH CREDENTIALS 'aws_iam_role=" + SharedRedshift.ROLE
                            + "' FORMAT AS PARQUET  MANIFEST");
        }
        Path local = Files.createDirectories(directory.resolve("unloaded"));
        for (String key : SharedRedshift.s3().keys("unloaded/")) {
            if (key.endsWith(".parquet")) {
                Files.write(
                        local.resolve(key.substring(key.lastIndexOf('/') + 1)),
                        SharedRedshift.s3().get(key));
            }
        }

        assertThat(spark.read().parquet(local.toString()).sort("id").collectAsList().stream()
                        .map(Row::toString)
                        .collect(Collectors.toList()))
                .containsExactly("[1,one, \"quoted\"]", "[3,drei 🐫]");
    }

    @Test
    void readsAndWritesThroughSparksOwnJdbcSource() throws Exception {
        String url = "jdbc:redshift://127.0.0.1:" + SharedRedshift.port() + "/dev";
        Dataset<Row> numbers = spark.range(1000).selectExpr("id", "cast(id as double) / 4 as quarter");

        numbers.write().jdbc(url, "public.spark_jdbc", SharedRedshift.properties());
        Dataset<Row> back = spark.read().jdbc(url, "public.spark_jdbc", "id", 0, 1000, 2, SharedRedshift.properties());

        assertThat(back.selectExpr("count(*)", "sum(id)", "sum(quarter)")
                        .first()
                        .toString())
                .isEqualTo("[1000,499500,124875.0]");
    }
}
