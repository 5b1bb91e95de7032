package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.caravan.format.JsonLinesOptions.Decimals;
import org.caravan.schema.ColumnType;

/** Readers of other make: every value as {@link AnyTable#shown} shows it, floating-point numbers as the reader does. */
final class Readers {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Readers() {}

    static List<List<Optional<String>>> parquet(Path file, AnyTable table, DuckDb duckDb) throws SQLException {
        String columns = each(table, column -> inDuckDb(table.type(column), "c" + column));
        String names = each(table, column -> "c" + column);
        return duckDb.query(file, "SELECT " + columns + " FROM read_parquet($file) AS t(" + names + ")").stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> row.get(column).map(text -> plain(table.type(column), text)))
                        .toList())
                .toList();
    }

    /** DuckDB shows decimals without a whole part as {@code .5}. */
    private static String plain(ColumnType type, String shown) {
        if (type instanceof ColumnType.Timestamp timestamp) {
            return AnyTable.time(timestamp, Long.parseLong(shown));
        }
        return type instanceof ColumnType.Decimal ? new BigDecimal(shown).toPlainString() : shown;
    }

    private static String inDuckDb(ColumnType type, String column) {
        if (type instanceof ColumnType.Timestamp) {
            return "epoch_us(" + column + ")";
        }
        return type instanceof ColumnType.Binary ? "lower(hex(" + column + "))" : "CAST(" + column + " AS VARCHAR)";
    }

    static List<List<Optional<String>>> csv(Path file, CsvOptions options, AnyTable table, DuckDb duckDb)
            throws SQLException {
        String quote = "'" + (options.quote() == '\'' ? "''" : options.quote()) + "'";
        return duckDb.query(
                file,
                "SELECT * FROM read_csv($file, auto_detect = false, parallel = false, max_line_size = 4000000, header = true, columns = "
                        + varchars(table) + ", delim = '" + options.delimiter() + "', quote = " + quote + ", escape = "
                        + quote + ", nullstr = '" + options.nullText() + "', new_line = '"
                        + (options.lineEnd() == LineEnd.LF ? "\\n" : "\\r\\n") + "')");
    }

    static List<List<Optional<String>>> commonsCsv(Path file, CsvOptions options, AnyTable table) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(options.delimiter())
                .setQuote(options.quote())
                .setNullString(options.nullText())
                .get();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
            List<CSVRecord> records = parser.getRecords();
            assertThat(records.get(0).toList()).isEqualTo(table.names());
            return records.stream()
                    .skip(1)
                    .map(record -> record.stream().map(Optional::ofNullable).toList())
                    .toList();
        }
    }

    /** DuckDB reads numbers with a point as doubles; that the digits of decimals are exact is Jackson's to say. */
    static List<List<Optional<String>>> jsonLines(Path file, JsonLinesOptions options, AnyTable table, DuckDb duckDb)
            throws SQLException {
        List<List<Optional<String>>> read = duckDb.query(
                file,
                "SELECT * FROM read_json($file, format = 'newline_delimited', columns = " + varchars(table) + ")");
        if (options.decimals() == Decimals.NUMBER && read.size() == table.size()) {
            List<List<Optional<String>>> exact = table.shown();
            for (int row = 0; row < read.size(); row++) {
                for (int column = 0; column < table.list().size(); column++) {
                    Optional<String> expected = exact.get(row).get(column);
                    boolean near = table.type(column) instanceof ColumnType.Decimal
                            && read.get(row).get(column).map(Double::valueOf).equals(expected.map(Double::valueOf));
                    if (near) {
                        read.get(row).set(column, expected);
                    }
                }
            }
        }
        return read;
    }

    static List<List<Optional<String>>> jackson(Path file, JsonLinesOptions options, AnyTable table)
            throws IOException {
        List<List<Optional<String>>> rows = new ArrayList<>();
        try (JsonParser parser = JACKSON.createParser(file.toFile())) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                List<Optional<String>> cells = new ArrayList<>();
                for (int column = 0; column < table.list().size(); column++) {
                    assertThat(parser.nextFieldName()).isEqualTo(table.names().get(column));
                    JsonToken token = parser.nextToken();
                    assertThat(token).isIn(kinds(table.type(column), options.decimals()));
                    cells.add(token == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(parser.getText()));
                }
                assertThat(parser.nextToken()).isEqualTo(JsonToken.END_OBJECT);
                rows.add(cells);
            }
        }
        return rows;
    }

    private static Set<JsonToken> kinds(ColumnType type, Decimals decimals) {
        if (type instanceof ColumnType.Bool) {
            return Set.of(JsonToken.VALUE_NULL, JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE);
        }
        if (type instanceof ColumnType.Int) {
            return Set.of(JsonToken.VALUE_NULL, JsonToken.VALUE_NUMBER_INT);
        }
        if (type instanceof ColumnType.FloatingPoint) {
            // A string for NaN and the infinities.
            return Set.of(JsonToken.VALUE_NULL, JsonToken.VALUE_NUMBER_FLOAT, JsonToken.VALUE_STRING);
        }
        return type instanceof ColumnType.Decimal && decimals == Decimals.NUMBER
                ? Set.of(JsonToken.VALUE_NULL, JsonToken.VALUE_NUMBER_FLOAT, JsonToken.VALUE_NUMBER_INT)
                : Set.of(JsonToken.VALUE_NULL, JsonToken.VALUE_STRING);
    }

    static List<List<Optional<String>>> avro(Path file, AvroOptions options, AnyTable table) throws IOException {
        List<List<Optional<String>>> rows = new ArrayList<>();
        for (GenericRecord record : AvroFile.read(file)) {
            assertThat(record.getSchema().getFields().stream()
                            .map(field -> Optional.ofNullable(field.doc()).orElse(field.name()))
                            .toList())
                    .isEqualTo(table.names());
            List<Optional<String>> cells = new ArrayList<>();
            for (int column = 0; column < table.list().size(); column++) {
                ColumnType type = table.type(column);
                cells.add(Optional.ofNullable(record.get(column)).map(value -> {
                    assertThat(value)
                            .isInstanceOf(kind(type, options.logicalTypes() == AvroOptions.LogicalTypes.NATIVE));
                    return stored(type, value);
                }));
            }
            rows.add(cells);
        }
        return rows;
    }

    private static Class<?> kind(ColumnType type, boolean logical) {
        if (type instanceof ColumnType.Bool) {
            return Boolean.class;
        }
        if (type instanceof ColumnType.Int integer) {
            return integer.bytes() == Long.BYTES ? Long.class : Integer.class;
        }
        if (!logical || type instanceof ColumnType.Text || type instanceof ColumnType.Super) {
            return CharSequence.class;
        }
        if (type instanceof ColumnType.FloatingPoint number) {
            return number.bytes() == Float.BYTES ? Float.class : Double.class;
        }
        if (type instanceof ColumnType.Decimal || type instanceof ColumnType.Binary) {
            return ByteBuffer.class;
        }
        return type instanceof ColumnType.Date ? Integer.class : Long.class;
    }

    private static String stored(ColumnType type, Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return type instanceof ColumnType.Decimal decimal
                    ? new BigDecimal(new BigInteger(bytes), decimal.scale()).toPlainString()
                    : HexFormat.of().formatHex(bytes);
        }
        if (type instanceof ColumnType.Date && value instanceof Integer days) {
            return LocalDate.ofEpochDay(days).toString();
        }
        return type instanceof ColumnType.Timestamp timestamp && value instanceof Long micros
                ? AnyTable.time(timestamp, micros)
                : value.toString();
    }

    /** DuckDB's list of the columns' names, all of them text. */
    private static String varchars(AnyTable table) {
        return "{" + each(table, column -> "'" + table.names().get(column).replace("'", "''") + "': 'VARCHAR'") + "}";
    }

    private static String each(AnyTable table, IntFunction<String> text) {
        return IntStream.range(0, table.list().size()).mapToObj(text).collect(Collectors.joining(", "));
    }
}
