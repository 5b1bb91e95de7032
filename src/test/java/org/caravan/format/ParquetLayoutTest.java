package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.ColumnType.Int;
import org.caravan.schema.ColumnType.Text;
import org.caravan.schema.Columns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetLayoutTest {
    private static final ColumnType BIGINT = new Int(8);

    @TempDir
    Path directory;

    private DuckDb duckDb;

    @BeforeEach
    void openDuckDb() throws SQLException {
        duckDb = new DuckDb();
    }

    @AfterEach
    void closeDuckDb() throws SQLException {
        duckDb.close();
    }

    @Test
    void anEmptyFileKeepsItsColumns() throws IOException, SQLException {
        Path file = write(ParquetOptions.defaults(), Rows.of("a", BIGINT).and("b", new Text(5)));

        assertThat(duckDb.value(file, "SELECT count(*) FROM read_parquet($file)"))
                .isEqualTo("0");
        assertThat(duckDb.query(file, "DESCRIBE SELECT * FROM read_parquet($file)"))
                .extracting(row -> row.get(0).orElseThrow() + " " + row.get(1).orElseThrow())
                .containsExactly("a BIGINT", "b VARCHAR");
    }

    @Test
    void oneRowIsAFile() throws IOException, SQLException {
        Path file = write(ParquetOptions.defaults(), Rows.of("a", BIGINT, 42L));

        assertThat(duckDb.column(file, "SELECT a FROM read_parquet($file)")).containsExactly(Optional.of("42"));
    }

    @ParameterizedTest
    @EnumSource
    void everyCodecIsRead(ParquetCodec codec) throws IOException, SQLException {
        Rows rows = column("a", new Text(40), 50_000, i -> "value " + i * i % 40_000);
        Path file = write(ParquetOptions.builder().codec(codec).build(), rows);

        assertRead(file, rows);
        assertThat(duckDb.column(file, "SELECT DISTINCT compression FROM parquet_metadata($file)"))
                .containsExactly(Optional.of(codec.name()));
    }

    @Test
    void rowGroupsEndByRows() throws IOException, SQLException {
        Rows rows = column("a", BIGINT, 10_500, i -> i);
        Path file = write(ParquetOptions.builder().rowGroupRows(1000).build(), rows);

        assertRead(file, rows);
        assertThat(duckDb.column(file, "SELECT row_group_num_rows FROM parquet_metadata($file)"))
                .hasSize(11)
                .endsWith(Optional.of("1000"), Optional.of("500"));
    }

    @Test
    void rowGroupsEndByBytes() throws IOException, SQLException {
        Rows rows = column("a", BIGINT, 100_000, i -> i * 0x9E3779B97F4A7C15L);
        Path file = write(ParquetOptions.builder().rowGroupBytes(100_000).build(), rows);

        assertRead(file, rows);
        assertThat(duckDb.column(file, "SELECT total_compressed_size FROM parquet_metadata($file)"))
                .hasSizeBetween(7, 12)
                .allSatisfy(
                        size -> assertThat(Long.parseLong(size.orElseThrow())).isLessThan(120_000));
    }

    @Test
    void manySmallPagesAreRead() throws IOException, SQLException {
        Rows rows = column("plain", BIGINT, 20_000, i -> i % 3 == 0 ? null : i * i)
                .and("coded", new Text(9), values(20_000, i -> i % 7 == 0 ? null : "v" + i % 50));
        Path file = write(ParquetOptions.builder().pageBytes(100).pageRows(333).build(), rows);

        assertRead(file, rows);
    }

    @Test
    void aDictionaryThatGrowsTooLargeIsFollowedByPlainPages() throws IOException, SQLException {
        Rows rows = column("a", new Text(99), 60_000, i -> i < 20_000 ? "few " + i % 10 : "many " + i / 2)
                .and("b", BIGINT, values(60_000, i -> i < 20_000 ? i % 10 : i / 2));
        Path file = write(ParquetOptions.builder().dictionaryBytes(10_000).build(), rows);

        assertRead(file, rows);
        assertThat(duckDb.column(file, "SELECT encodings FROM parquet_metadata($file)"))
                .allSatisfy(encodings -> assertThat(encodings.orElseThrow())
                        .contains("PLAIN_DICTIONARY")
                        .contains("PLAIN,"));
        assertThat(duckDb.query(file, "SELECT stats_min_value, stats_max_value FROM parquet_metadata($file)"))
                .containsExactly(
                        List.of(Optional.of("few 0"), Optional.of("many 29999")),
                        List.of(Optional.of("0"), Optional.of("29999")));
    }

    @Test
    void aDictionaryThatSavesNothingIsDropped() throws IOException, SQLException {
        Rows rows = column("a", BIGINT, 50_000, i -> i).and("b", new Text(20), values(50_000, i -> "text " + i));
        Path file = write(ParquetOptions.defaults(), rows);

        assertRead(file, rows);
        assertThat(duckDb.column(file, "SELECT encodings FROM parquet_metadata($file)"))
                .allSatisfy(encodings -> assertThat(encodings.orElseThrow()).doesNotContain("DICTIONARY"));
    }

    /** Row groups: all distinct, all distinct (given up soon), few values again (kept), all distinct. */
    @Test
    void aColumnMayChangeFromOneRowGroupToTheNext() throws IOException, SQLException {
        Rows rows = column("a", BIGINT, 40_000, i -> i / 10_000 == 2 ? i % 100 : i * 1_000_003)
                .and("b", new Text(20), values(40_000, i -> "text " + (i / 10_000 == 2 ? i % 100 : i)))
                .and("c", BIGINT, values(40_000, i -> i % 9 == 0 ? null : i / 10_000 == 2 ? -i % 100 : i));
        Path file = write(
                ParquetOptions.builder().rowGroupRows(10_000).pageRows(5000).build(), rows);

        assertRead(file, rows);
        assertThat(duckDb.query(
                        file,
                        "SELECT row_group_id, bool_and(contains(encodings, 'DICTIONARY')), bool_or(contains(encodings, 'DICTIONARY'))"
                                + " FROM parquet_metadata($file) GROUP BY ALL ORDER BY ALL"))
                .containsExactly(
                        List.of(Optional.of("0"), Optional.of("false"), Optional.of("false")),
                        List.of(Optional.of("1"), Optional.of("false"), Optional.of("false")),
                        List.of(Optional.of("2"), Optional.of("true"), Optional.of("true")),
                        List.of(Optional.of("3"), Optional.of("false"), Optional.of("false")));
    }

    @Test
    void longTextsAreRead() throws IOException, SQLException {
        Rows rows = column("same", new Text(65_535), 300, i -> "ä".repeat(32_767) + "x")
                .and("other", new Text(65_535), values(300, i -> Long.toString(i)
                        .repeat(65_535)
                        .substring(0, 65_535)));
        Path file = write(ParquetOptions.defaults(), rows);

        assertRead(file, rows);
        assertThat(duckDb.column(file, "SELECT stats_min_value FROM parquet_metadata($file)"))
                .containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void aThousandColumnsAreReadAndStayWithinTheirMemory() throws IOException, SQLException {
        Rows rows = new Rows();
        for (int column = 0; column < 1000; column++) {
            long salt = column;
            rows.and("c" + column, column % 2 == 0 ? BIGINT : new Text(20), values(1500, i -> {
                return salt % 2 == 0 ? (Object) (i * salt) : "t" + i * salt;
            }));
        }
        Path file = write(ParquetOptions.builder().rowGroupBytes(4 << 20).build(), rows);

        assertThat(duckDb.query(file, "SELECT * FROM read_parquet($file)")).isEqualTo(expected(rows));
    }

    @Test
    void statisticsAreRightOrMissing() throws IOException, SQLException {
        Rows rows = Rows.of("zeros", new ColumnType.FloatingPoint(8), 0.0, -0.0)
                .and("nan", new ColumnType.FloatingPoint(8), 1.0, Double.NaN)
                .and("signed", new ColumnType.FloatingPoint(4), -2.5, 1.5)
                .and("text", new Text(100), "ÿ", "z")
                .and("long", new Text(100), "a", "z".repeat(65))
                .and(
                        "wide",
                        new ColumnType.Decimal(20, 0),
                        List.of(new java.math.BigInteger("-3"), java.math.BigInteger.TWO))
                .and("flag", new ColumnType.Bool(), 1L, 1L);
        Path file = write(ParquetOptions.defaults(), rows);

        assertThat(duckDb.query(
                        file, "SELECT stats_min_value, stats_max_value, stats_null_count FROM parquet_metadata($file)"))
                .extracting(row -> row.get(0).orElse("-") + " " + row.get(1).orElse("-") + " "
                        + row.get(2).orElse("-"))
                .containsExactly("-0.0 0.0 0", "- - 0", "-2.5 1.5 0", "z ÿ 0", "- - 0", "-3 2 0", "true true 0");
    }

    @Test
    void parquetJavaTrustsTheStatistics() {
        assertThat(org.apache.parquet.CorruptStatistics.shouldIgnoreStatistics(
                        ParquetFooter.createdBy(), org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY))
                .isFalse();
    }

    @Test
    void memoryIsBoundedWhileRowsAreNot() throws IOException {
        long limit = 1 << 20;
        Columns columns = new Columns(List.of(new Column("a", BIGINT, true), new Column("b", new Int(4), true)));
        Batch batch = new Batch(columns);
        try (ParquetEncoder encoder = new ParquetEncoder(
                columns, ParquetOptions.builder().rowGroupBytes(limit).build(), OutputStream.nullOutputStream())) {
            long before = 0;
            int released = 0;
            for (long row = 0; row < 5_000_000; row += Batch.DEFAULT_CAPACITY) {
                batch.clear();
                for (int i = 0; i < Batch.DEFAULT_CAPACITY; i++) {
                    batch.longs(0).set(i, (row + i) * 0x9E3779B97F4A7C15L);
                    batch.longs(1).set(i, i);
                }
                batch.setRows(Batch.DEFAULT_CAPACITY);
                encoder.write(batch);

                assertThat(encoder.heldBytes()).isLessThan(limit + 64 * 1024);
                assertThat(encoder.encodedBytes() - before).isLessThan(2 * limit);
                released += encoder.heldBytes() < limit / 8 ? 1 : 0;
                before = encoder.encodedBytes();
            }
            encoder.finish();

            assertThat(encoder.heldBytes()).isLessThan(64 * 1024);
            assertThat(released).isGreaterThan(30);
            assertThat(encoder.rows()).isGreaterThanOrEqualTo(5_000_000);
        }
    }

    @Test
    void theEstimateBecomesTheSize() throws IOException {
        Rows rows = column("a", new Text(30), 50_000, i -> "text " + i % 1000 + " " + i % 77);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ParquetEncoder encoder = new ParquetEncoder(rows.columns(), ParquetOptions.defaults(), out)) {
            encoder.write(rows.batch());
            long estimate = encoder.encodedBytes();
            encoder.finish();

            assertThat(encoder.encodedBytes()).isEqualTo(out.size());
            assertThat((double) estimate).isBetween(out.size() * 0.7, out.size() * 1.5);
        }
    }

    @Test
    void aDiscardedFileHasNoFooter() throws IOException, SQLException {
        Rows rows = column("a", BIGINT, 5000, i -> i);
        Path file = directory.resolve("discarded.parquet");
        try (OutputStream out = Files.newOutputStream(file);
                ParquetEncoder encoder = new ParquetEncoder(
                        rows.columns(),
                        ParquetOptions.builder().rowGroupRows(1000).build(),
                        out)) {
            encoder.write(rows.batch());
        }

        assertThat(Files.readAllBytes(file)).startsWith("PAR1".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> duckDb.value(file, "SELECT count(*) FROM read_parquet($file)"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void rowsOfABatchCanBeLeftOut() throws IOException, SQLException {
        Rows rows = column("a", BIGINT, 100, i -> i);
        Path file = directory.resolve("range.parquet");
        try (OutputStream out = Files.newOutputStream(file);
                ParquetEncoder encoder = new ParquetEncoder(rows.columns(), ParquetOptions.defaults(), out)) {
            encoder.write(rows.batch(), 10, 13);
            encoder.write(rows.batch(), 13, 13);
            encoder.write(rows.batch(), 99, 100);
            encoder.finish();
        }

        assertThat(duckDb.column(file, "SELECT a FROM read_parquet($file)"))
                .containsExactly(Optional.of("10"), Optional.of("11"), Optional.of("12"), Optional.of("99"));
    }

    @Test
    void refusesABatchOfOtherColumns() {
        Rows rows = Rows.of("a", BIGINT, 1L);
        try (ParquetEncoder encoder =
                new ParquetEncoder(rows.columns(), ParquetOptions.defaults(), OutputStream.nullOutputStream())) {
            assertThatThrownBy(() -> encoder.write(Rows.of("b", BIGINT, 1L).batch()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("name=b");
        }
    }

    @Test
    void nothingIsWrittenAfterFinishOrClose() throws IOException {
        Rows rows = Rows.of("a", BIGINT, 1L);
        ParquetEncoder encoder =
                new ParquetEncoder(rows.columns(), ParquetOptions.defaults(), OutputStream.nullOutputStream());
        encoder.finish();

        assertThatThrownBy(() -> encoder.write(rows.batch()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("FINISHED");
        encoder.close();
        encoder.close();
        assertThatThrownBy(encoder::finish)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CLOSED");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> ParquetOptions.builder().pageBytes(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pageBytes must be between 1 and 268435456, not 0");
    }

    private Path write(ParquetOptions options, Rows rows) throws IOException {
        return ParquetFile.write(directory.resolve("layout.parquet"), options, rows, Batch.DEFAULT_CAPACITY);
    }

    private void assertRead(Path file, Rows rows) throws SQLException {
        assertThat(duckDb.query(file, "SELECT * FROM read_parquet($file)")).isEqualTo(expected(rows));
    }

    private static List<List<Optional<String>>> expected(Rows rows) {
        int width = rows.columns().size();
        return IntStream.range(0, rows.size())
                .mapToObj(row -> IntStream.range(0, width)
                        .mapToObj(column -> Optional.ofNullable(
                                        rows.values(column).get(row))
                                .map(Object::toString))
                        .toList())
                .toList();
    }

    private static Rows column(String name, ColumnType type, int size, LongFunction<Object> value) {
        return new Rows().and(name, type, values(size, value));
    }

    private static List<Object> values(int size, LongFunction<Object> value) {
        return new ArrayList<>(LongStream.range(0, size).mapToObj(value).toList());
    }
}
