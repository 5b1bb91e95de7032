package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random tables and options: DuckDB and Commons CSV read every value as it went in, and NULL is not the empty text. */
class CsvRandomTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946})
    void comesOutAsItWentIn(long seed) throws IOException, SQLException {
        Random random = new Random(seed);
        RandomTable table = new RandomTable(random, random.nextInt(2000));
        CsvOptions options = CsvOptions.builder()
                .delimiter(",\t|;".charAt(random.nextInt(4)))
                .quote(random.nextBoolean() ? '"' : '\'')
                .quoting(List.of(Quoting.MINIMAL, Quoting.ALL, Quoting.NON_NUMERIC)
                        .get(random.nextInt(3)))
                .lineEnd(random.nextBoolean() ? LineEnd.LF : LineEnd.CRLF)
                .nullText(random.nextBoolean() ? CsvOptions.DEFAULT_NULL_TEXT : "@@")
                .build();
        Path file = Encoded.write(
                directory.resolve("random.csv"),
                (columns, out) -> new CsvEncoder(columns, options, out),
                table.rows(),
                1 + random.nextInt(2000));

        List<List<Optional<String>>> expected = expected(table);
        assertThat(commonsCsv(file, options, table.types())).as("%s", options).isEqualTo(expected);
        assertThat(duckDb(file, options, table.types())).as("%s", options).isEqualTo(expected);
    }

    private static List<List<Optional<String>>> commonsCsv(Path file, CsvOptions options, List<ColumnType> types)
            throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(options.delimiter())
                .setQuote(options.quote())
                .setSkipHeaderRecord(true)
                .setHeader()
                .setNullString(options.nullText())
                .get();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
            return normal(
                    parser.stream()
                            .map(record ->
                                    record.stream().map(Optional::ofNullable).toList())
                            .toList(),
                    types);
        }
    }

    private static List<List<Optional<String>>> duckDb(Path file, CsvOptions options, List<ColumnType> types)
            throws SQLException {
        String columns = IntStream.range(0, types.size())
                .mapToObj(column -> "'c" + column + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        String quote = "'" + (options.quote() == '\'' ? "''" : options.quote()) + "'";
        String sql = "SELECT * FROM read_csv($file, auto_detect = false, parallel = false, header = true, columns = "
                + columns
                + ", delim = '" + options.delimiter() + "', quote = " + quote + ", escape = " + quote
                + ", nullstr = '" + options.nullText() + "', new_line = '"
                + (options.lineEnd() == LineEnd.LF ? "\\n" : "\\r\\n") + "')";
        try (DuckDb duckDb = new DuckDb()) {
            return normal(duckDb.query(file, sql), types);
        }
    }

    static List<List<Optional<String>>> expected(RandomTable table) {
        return normal(texts(table), table.types());
    }

    static List<List<Optional<String>>> texts(RandomTable table) {
        List<List<Optional<String>>> rows = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            List<Optional<String>> cells = new ArrayList<>();
            for (int column = 0; column < table.types().size(); column++) {
                cells.add(RandomTable.text(
                        table.types().get(column), table.rows().values(column).get(row)));
            }
            rows.add(cells);
        }
        return rows;
    }

    /** Java 17's text of a number is not always the shortest, so both sides are brought to the number's bits. */
    static List<List<Optional<String>>> normal(List<List<Optional<String>>> rows, List<ColumnType> types) {
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> row.get(column).map(text -> normal(text, types.get(column))))
                        .toList())
                .toList();
    }

    private static String normal(String text, ColumnType type) {
        if (type instanceof ColumnType.FloatingPoint number) {
            return number.bytes() == Float.BYTES
                    ? Integer.toHexString(Float.floatToRawIntBits(Float.parseFloat(text)))
                    : Long.toHexString(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
        return text;
    }
}
