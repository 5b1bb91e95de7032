package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.caravan.format.AvroDataFormat;
import org.caravan.format.CsvDataFormat;
import org.caravan.format.JsonLinesDataFormat;
import org.caravan.format.ParquetDataFormat;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;
import org.caravan.verify.digest.Awkward;
import org.caravan.verify.digest.Cells;
import org.caravan.verify.digest.Digest;
import org.caravan.verify.digest.DigestAnswers;
import org.caravan.verify.digest.DigestSql;
import org.caravan.verify.digest.RandomCells;
import org.caravan.verify.digest.Sample;
import org.caravan.verify.digest.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rows have the same digest in Java, in the Redshift stand-in and in Spark SQL, each through its real driver. */
class DigestIT {
    private static final List<Sample> SAMPLES = List.of(Sample.ALL, new Sample(3));

    @Test
    void agreesOnEveryAwkwardValueOfEveryType() throws Exception {
        agrees("digest_awkward", aligned(Awkward.values()));
    }

    @Test
    void agreesOnThePublishedVectors() throws Exception {
        Map<ColumnType, List<Optional<Object>>> byType = new LinkedHashMap<>();
        for (Vectors.Vector vector : Vectors.all()) {
            byType.computeIfAbsent(vector.type(), type -> new ArrayList<>()).add(vector.value());
        }

        agrees("digest_vectors", aligned(byType));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesOnRandomRowsOfRandomTypes(long seed) throws Exception {
        agrees("digest_random_" + seed, RandomCells.table(new Random(seed), 12, 100));
    }

    @Test
    void agreesOnSixteenHundredColumnsBoundInOneStatement() throws Exception {
        List<ColumnType> types = new ArrayList<>();
        for (int i = 0; i < 1600; i++) {
            types.add(i % 3 == 0 ? new ColumnType.Int(2) : i % 3 == 1 ? new ColumnType.Bool() : new ColumnType.Date());
        }

        agrees("digest_wide", RandomCells.table(new Random(4), types, 3), List.of(Sample.ALL));
    }

    /** By numbers with every awkward value, and by text where there is no number that tells rows apart. */
    @Test
    void choosesTheSameRowsForASample() throws Exception {
        List<ColumnType> numbers = List.of(
                new ColumnType.Int(4),
                new ColumnType.Int(8),
                new ColumnType.Decimal(12, 2),
                new ColumnType.Decimal(18, 18),
                new ColumnType.Timestamp(ColumnType.Zone.LOCAL),
                new ColumnType.Timestamp(ColumnType.Zone.INSTANT),
                new ColumnType.Text(65_535));
        List<ColumnType> texts =
                List.of(new ColumnType.Text(65_535), new ColumnType.Bool(), new ColumnType.Text(65_535));
        List<Sample> samples = List.of(new Sample(2), new Sample(7), new Sample(30));

        for (ColumnType type : numbers) {
            Cells cells = RandomCells.table(new Random(6), List.of(type, new ColumnType.Text(65_535)), 200);
            assertThat(cells.digest(cells.columns(), new Sample(7)).rows()).isBetween(5L, 80L);
            agrees("digest_sample", cells, samples);
        }
        agrees("digest_sample_numbers", RandomCells.table(new Random(7), numbers, 300), samples);
        agrees("digest_sample_texts", RandomCells.table(new Random(8), texts, 300), samples);
    }

    /** The tables that COPY fills from each format's files: the same digest however they hold the values. */
    @ParameterizedTest
    @ValueSource(strings = {"parquet", "avro", "csv", "jsonl"})
    void agreesOnEveryStorageOfAStagingTable(String format) throws Exception {
        Cells cells = aligned(Awkward.values());
        Columns staged =
                switch (format) {
                    case "parquet" ->
                        new ParquetDataFormat().fileFormat(cells.columns()).staged();
                    case "avro" ->
                        new AvroDataFormat().fileFormat(cells.columns()).staged();
                    case "csv" ->
                        new CsvDataFormat().fileFormat(cells.columns()).staged();
                    default ->
                        new JsonLinesDataFormat().fileFormat(cells.columns()).staged();
                };
        List<List<Optional<Object>>> rows = new ArrayList<>(cells.rows());
        rows.replaceAll(row -> IntStream.range(0, row.size())
                .mapToObj(i -> row.get(i).filter(value -> holds(staged.get(i), value)))
                .toList());

        agrees("digest_" + format, new Cells(cells.columns(), rows), staged);
    }

    /** A VARCHAR has no room for the hexadecimal digits of more bytes. */
    private static boolean holds(Column column, Object value) {
        return column.storage() != Storage.HEX || ((String) value).length() <= ColumnType.MAX_TEXT_BYTES;
    }

    @Test
    void agreesOnTheTargetTableWithoutItsSuperColumns() throws Exception {
        Cells cells = aligned(Awkward.values());

        agrees("digest_target", cells, cells.columns());
        agrees(
                "digest_all_super",
                Cells.column(new ColumnType.Super(), "1", Optional.empty(), "null"),
                Cells.named(List.of(new ColumnType.Super())));
    }

    @Test
    void agreesOnNoRows() throws Exception {
        agrees("digest_empty", RandomCells.table(new Random(5), 6, 0));
    }

    @Test
    void isComparedByTheRouteInBothEnginesWhereTheSettingSaysSo() throws Exception {
        SharedSandbox.Call call = SharedSandbox.call(
                "run",
                "customers",
                "--json",
                "--config",
                SharedSandbox.configWith(Map.of("verify.digest", "both")).toString());

        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        JsonNode digests = new ObjectMapper().readTree(call.out()).path("digests");
        assertThat(digests.path("files").asText()).matches("1:1500:[0-9a-f]+:[0-9a-f]+");
        assertThat(digests.path("redshift")).isEqualTo(digests.path("files"));
        assertThat(digests.path("databricks")).isEqualTo(digests.path("files"));
    }

    /** As many rows as the longest column has values; shorter columns start again. */
    private static Cells aligned(Map<ColumnType, List<Optional<Object>>> byType) {
        int rows = byType.values().stream().mapToInt(List::size).max().orElseThrow();
        List<List<Optional<Object>>> table = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int at = row;
            table.add(byType.values().stream()
                    .map(values -> values.get(at % values.size()))
                    .toList());
        }
        return new Cells(Cells.named(List.copyOf(byType.keySet())), table);
    }

    private static void agrees(String table, Cells cells) throws SQLException {
        agrees(table, cells, SAMPLES);
    }

    private static void agrees(String table, Cells cells, List<Sample> samples) throws SQLException {
        agrees(
                table,
                cells,
                cells.columns().stored(type -> type instanceof ColumnType.Super ? Storage.JSON_TEXT : Storage.AS_IS),
                samples);
    }

    private static void agrees(String table, Cells cells, Columns columns) throws SQLException {
        agrees(table, cells, columns, SAMPLES);
    }

    private static void agrees(String table, Cells cells, Columns columns, List<Sample> samples) throws SQLException {
        try (Connection redshift = SharedSandbox.redshift();
                Connection databricks = SharedSandbox.databricks()) {
            create(redshift, table, cells, columns);
            try {
                String catalog = SharedSandbox.settings().getProperty("databricks.catalog");
                SharedSandbox.execute(databricks, "REFRESH FOREIGN SCHEMA `" + catalog + "`.`public`");
                for (Sample sample : samples) {
                    Digest expected = cells.digest(columns, sample);
                    List<String> inRedshift = DigestSql.redshift()
                            .of(sample)
                            .statements("/* run 1 */ ", "\"public\".\"" + table + "\"", columns);
                    assertSame(columns, expected, DigestAnswers.read(columns, sample, answers(redshift, inRedshift)));
                    List<String> inSpark = DigestSql.spark()
                            .of(sample)
                            .statements("/* run 1 */ ", "`" + catalog + "`.`public`.`" + table + "`", columns);
                    assertSame(columns, expected, DigestAnswers.read(columns, sample, answers(databricks, inSpark)));
                }
            } finally {
                SharedSandbox.execute(redshift, "drop table public." + table);
            }
        }
    }

    private static void assertSame(Columns columns, Digest expected, Digest found) {
        assertThat(found.rows()).isEqualTo(expected.rows());
        assertThat(expected.differingColumns(found).stream().map(columns::get)).isEmpty();
        assertThat(found).isEqualTo(expected);
    }

    private static void create(Connection redshift, String table, Cells cells, Columns columns) throws SQLException {
        SharedSandbox.execute(
                redshift,
                "create table public." + table + " ("
                        + columns.stream()
                                .map(column -> column.name() + " " + sqlType(column))
                                .collect(Collectors.joining(", "))
                        + ")");
        String parameters = columns.stream().map(DigestIT::parameter).collect(Collectors.joining(", "));
        redshift.setAutoCommit(false);
        try (PreparedStatement insert =
                redshift.prepareStatement("insert into public." + table + " values (" + parameters + ")")) {
            for (List<Optional<Object>> row : cells.rows()) {
                for (int i = 0; i < row.size(); i++) {
                    Column column = columns.get(i);
                    insert.setString(
                            i + 1, row.get(i).map(value -> text(column, value)).orElse(null));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        redshift.commit();
        redshift.setAutoCommit(true);
    }

    private static String parameter(Column column) {
        if (column.type() instanceof ColumnType.Text) {
            return "?";
        }
        if (column.storage() == Storage.AS_IS && column.type() instanceof ColumnType.Binary) {
            return "from_hex(?)";
        }
        if (column.storage() == Storage.AS_IS && column.type() instanceof ColumnType.Super) {
            return "json_parse(?)";
        }
        return "cast(? as " + sqlType(column) + ")";
    }

    private static String text(Column column, Object value) {
        ColumnType type = column.type();
        if (type instanceof ColumnType.Bool) {
            return ((BigDecimal) value).signum() > 0 ? "true" : "false";
        }
        if (type instanceof ColumnType.Date) {
            return LocalDate.ofEpochDay(((BigDecimal) value).longValueExact()).toString();
        }
        if (type instanceof ColumnType.Timestamp timestamp) {
            LocalDateTime time = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
                    .plus(((BigDecimal) value).longValueExact(), ChronoUnit.MICROS);
            boolean zoned = timestamp.zone() == ColumnType.Zone.INSTANT && column.storage() == Storage.AS_IS;
            return time + (zoned ? "+00:00" : "");
        }
        if (column.storage() == Storage.NUMBER_TEXT && ((ColumnType.FloatingPoint) type).bytes() == Float.BYTES) {
            return Float.toString(((Double) value).floatValue());
        }
        if (column.storage() == Storage.HEX) {
            return ((String) value).toUpperCase(Locale.ROOT);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** The column's type in a table that holds it in its storage. */
    private static String sqlType(Column column) {
        return switch (column.storage()) {
            case UTC -> "timestamp";
            case NUMBER_TEXT -> "varchar(32)";
            case HEX, JSON_TEXT -> "varchar(65535)";
            case AS_IS -> {
                if (column.type() instanceof ColumnType.Text text) {
                    yield "varchar(" + text.maxBytes() + ")";
                }
                yield column.type() instanceof ColumnType.Binary binary
                        ? "varbyte(" + binary.maxBytes() + ")"
                        : column.type().toString();
            }
        };
    }

    private static List<Map<String, Object>> answers(Connection connection, List<String> statements)
            throws SQLException {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (String sql : statements) {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                assertThat(result.next()).isTrue();
                Map<String, Object> answer = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    answer.put(result.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT), result.getObject(i));
                }
                answers.add(answer);
                assertThat(result.next()).isFalse();
            }
        }
        return answers;
    }
}
