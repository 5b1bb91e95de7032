package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and numbers of columns at the limits: readers of other make see them all, in order. */
class AwkwardColumnsTest {
    private static final List<String> NAMES = List.of(
            "select",
            "home town",
            "naïve%",
            "a.b",
            "q\"uo'te",
            "comma,",
            "🐫",
            "two  spaces",
            "back\\slash",
            "$x",
            "n".repeat(127),
            "1st");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parquet|read_parquet($file)",
                "csv|read_csv($file, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '<NULL>')",
                "jsonl|read_json($file, format = 'newline_delimited', map_inference_threshold = -1)"
            })
    void duckDbSeesAwkwardNamesAndManyColumns(String name, String reader) throws IOException, SQLException {
        Rows rows = table();
        Path file = Encoded.write(directory.resolve("x." + name), format(name)::encoder, rows);

        try (DuckDb duckDb = new DuckDb()) {
            assertThat(duckDb.column(file, "DESCRIBE SELECT * FROM " + reader))
                    .containsExactlyElementsOf(rows.columns().stream()
                            .map(column -> Optional.of(column.name()))
                            .toList());
            assertThat(duckDb.query(file, "SELECT * FROM " + reader)).isEqualTo(expected());
        }
    }

    @Test
    void theAvroLibrarySeesThemWhenTheirNamesAreEncoded() throws IOException {
        AvroDataFormat format = new AvroDataFormat();
        Rows rows = table();
        Path file = Encoded.write(directory.resolve("x.avro"), format::encoder, rows);

        List<GenericRecord> records = AvroFile.read(file);
        assertThat(records.get(0).getSchema().getFields().stream()
                        .map(field -> Optional.ofNullable(field.doc()).orElse(field.name())))
                .containsExactlyElementsOf(
                        rows.columns().stream().map(column -> column.name()).toList());
        assertThat(records.stream()
                        .map(record -> IntStream.range(0, rows.columns().size())
                                .mapToObj(column ->
                                        Optional.ofNullable(record.get(column)).map(Object::toString))
                                .toList())
                        .toList())
                .isEqualTo(expected());
        assertThat(format.fileFormat(rows.columns()).jsonPaths().orElseThrow())
                .startsWith("{\"jsonpaths\":[\"$['select']\",\"$['home_x20_town']\"");
    }

    /** As many columns as Redshift allows. */
    private static Rows table() {
        Rows rows = new Rows();
        names().forEach(name -> rows.and(name, new ColumnType.Int(4), (long) rows.columnCount(), null, 7L));
        return rows;
    }

    private static Stream<String> names() {
        return Stream.concat(
                NAMES.stream(), IntStream.range(0, 1600 - NAMES.size()).mapToObj(column -> "c" + column));
    }

    private static List<List<Optional<String>>> expected() {
        List<Optional<String>> numbers = IntStream.range(0, 1600)
                .mapToObj(column -> Optional.of(String.valueOf(column)))
                .toList();
        List<Optional<String>> nulls =
                names().map(name -> Optional.<String>empty()).toList();
        List<Optional<String>> sevens = names().map(name -> Optional.of("7")).toList();
        return List.of(numbers, nulls, sevens);
    }

    private static RowsDataFormat format(String name) {
        return switch (name) {
            case "parquet" -> new ParquetDataFormat();
            case "csv" -> new CsvDataFormat();
            default -> new JsonLinesDataFormat();
        };
    }
}
