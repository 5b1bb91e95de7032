package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.caravan.format.JsonLinesOptions.Decimals;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random tables and options: DuckDB and Jackson read every value as it went in. */
class JsonLinesRandomTest {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946})
    void comesOutAsItWentIn(long seed) throws IOException, SQLException {
        Random random = new Random(seed);
        RandomTable table = new RandomTable(random, 1 + random.nextInt(2000));
        Decimals decimals = random.nextBoolean() ? Decimals.NUMBER : Decimals.TEXT;
        JsonLinesOptions options = JsonLinesOptions.builder()
                .compression(random.nextBoolean() ? Compression.NONE : Compression.GZIP)
                .decimals(decimals)
                .build();
        Path file = Encoded.write(
                directory.resolve("random.jsonl" + options.compression().suffix()),
                (columns, out) -> new JsonLinesEncoder(columns, options, out),
                table.rows(),
                1 + random.nextInt(2000));

        if (options.compression() == Compression.NONE) {
            assertThat(jackson(file, table.types(), decimals))
                    .as("%s", options)
                    .isEqualTo(CsvRandomTest.expected(table));
        }
        // DuckDB reads numbers with a point as doubles; that their digits are exact is Jackson's to say.
        List<ColumnType> seen = decimals == Decimals.TEXT
                ? table.types()
                : table.types().stream().map(JsonLinesRandomTest::seenByDuckDb).toList();
        assertThat(CsvRandomTest.normal(duckDb(file, seen), seen))
                .as("%s", options)
                .isEqualTo(CsvRandomTest.normal(CsvRandomTest.texts(table), seen));
    }

    private static List<List<Optional<String>>> jackson(Path file, List<ColumnType> types, Decimals decimals)
            throws IOException {
        List<List<Optional<String>>> rows = new ArrayList<>();
        try (JsonParser parser = JACKSON.createParser(file.toFile())) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                List<Optional<String>> cells = new ArrayList<>();
                for (int column = 0; column < types.size(); column++) {
                    assertThat(parser.nextFieldName()).isEqualTo("c" + column);
                    JsonToken token = parser.nextToken();
                    assertThat(kinds(types.get(column), decimals)).contains(token);
                    cells.add(token == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(parser.getText()));
                }
                assertThat(parser.nextToken()).isEqualTo(JsonToken.END_OBJECT);
                rows.add(cells);
            }
        }
        return CsvRandomTest.normal(rows, types);
    }

    private static ColumnType seenByDuckDb(ColumnType type) {
        return type instanceof ColumnType.Decimal ? new ColumnType.FloatingPoint(Double.BYTES) : type;
    }

    private static Set<JsonToken> kinds(ColumnType type, Decimals decimals) {
        if (type instanceof ColumnType.Bool) {
            return Set.of(JsonToken.VALUE_NULL, JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE);
        }
        if (type instanceof ColumnType.Int) {
            return Set.of(JsonToken.VALUE_NULL, JsonToken.VALUE_NUMBER_INT);
        }
        boolean number = type instanceof ColumnType.FloatingPoint
                || (type instanceof ColumnType.Decimal && decimals == Decimals.NUMBER);
        return number
                ? Set.of(JsonToken.VALUE_NULL, JsonToken.VALUE_NUMBER_FLOAT, JsonToken.VALUE_NUMBER_INT)
                : Set.of(JsonToken.VALUE_NULL, JsonToken.VALUE_STRING);
    }

    private static List<List<Optional<String>>> duckDb(Path file, List<ColumnType> types) throws SQLException {
        String columns = IntStream.range(0, types.size())
                .mapToObj(column -> "c" + column + ": 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        try (DuckDb duckDb = new DuckDb()) {
            return duckDb.query(
                    file, "SELECT * FROM read_json($file, format = 'newline_delimited', columns = " + columns + ")");
        }
    }
}
