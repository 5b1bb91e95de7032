package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.caravan.schema.ColumnType;

/**
 * Writes a table in a format and compares what readers of other make see, name by name and value by value: DuckDB, Commons CSV,
 * Jackson and the Avro library. What differs is shown with the whole table.
 */
final class RoundTrip implements AutoCloseable {
    private final Path directory;
    private final DuckDb duckDb;
    private int files;

    /** Writes into a directory that is there, and leaves nothing in it. */
    RoundTrip(Path directory) throws SQLException {
        this.directory = directory;
        this.duckDb = new DuckDb();
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }

    void parquet(AnyTable table, ParquetOptions options, int batchRows) throws IOException, SQLException {
        Path file = write(table, ".parquet", batchRows, (columns, out) -> new ParquetEncoder(columns, options, out));

        assertThat(duckDb.column(file, "DESCRIBE SELECT * FROM read_parquet($file)"))
                .isEqualTo(table.names().stream().map(Optional::of).toList());
        assertSame(table, Readers.parquet(file, table, duckDb));
        Files.delete(file);
    }

    void csv(AnyTable table, CsvOptions options, int batchRows) throws IOException, SQLException {
        Compression compression = options.text().compression();
        Path file = write(
                table,
                ".csv" + compression.suffix(),
                batchRows,
                (columns, out) -> new CsvEncoder(columns, options, out));
        if (isPlain(compression)) {
            file = plain(file, compression);
            assertSame(table, Readers.commonsCsv(file, options, table));
        }
        assertSame(table, Readers.csv(file, options, table, duckDb));
        Files.delete(file);
    }

    void jsonLines(AnyTable table, JsonLinesOptions options, int batchRows) throws IOException, SQLException {
        Compression compression = options.text().compression();
        Path file = write(
                table,
                ".jsonl" + compression.suffix(),
                batchRows,
                (columns, out) -> new JsonLinesEncoder(columns, options, out));
        if (isPlain(compression)) {
            file = plain(file, compression);
            assertSame(table, Readers.jackson(file, options, table));
        }
        if (table.size() > 0) {
            assertSame(table, Readers.jsonLines(file, options, table, duckDb));
        }
        Files.delete(file);
    }

    void avro(AnyTable table, AvroOptions options, int batchRows) throws IOException {
        Path file = write(table, ".avro", batchRows, (columns, out) -> new AvroEncoder(columns, options, out));
        assertSame(table, Readers.avro(file, options, table));
        Files.delete(file);
    }

    private Path write(AnyTable table, String suffix, int batchRows, Encoded.Maker maker) throws IOException {
        return Encoded.write(directory.resolve(files++ + suffix), maker, table.rows(), batchRows);
    }

    private static boolean isPlain(Compression compression) {
        return compression == Compression.NONE || compression == Compression.BZIP2;
    }

    /** Decompresses what DuckDB cannot. */
    private Path plain(Path file, Compression compression) throws IOException {
        if (compression == Compression.NONE) {
            return file;
        }
        Path plain = directory.resolve(files++ + ".plain");
        try (InputStream in = new BZip2CompressorInputStream(Files.newInputStream(file), true)) {
            Files.copy(in, plain);
        }
        Files.delete(file);
        return plain;
    }

    private static void assertSame(AnyTable table, List<List<Optional<String>>> read) {
        List<List<Optional<String>>> expected = table.shown();
        List<List<Optional<String>>> shown =
                read.stream().map(row -> normal(table, row)).toList();
        if (shown.equals(expected)) {
            return;
        }
        assertThat(shown).as("rows of %s", table).hasSameSizeAs(expected);
        for (int row = 0; row < shown.size(); row++) {
            for (int column = 0; column < expected.get(row).size(); column++) {
                assertThat(shown.get(row).get(column))
                        .as("row %d, column \"%s\" of %s", row, table.names().get(column), table)
                        .isEqualTo(expected.get(row).get(column));
            }
        }
    }

    private static List<Optional<String>> normal(AnyTable table, List<Optional<String>> row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> table.type(column) instanceof ColumnType.FloatingPoint number
                        ? row.get(column).map(text -> AnyTable.bits(number, text))
                        : row.get(column))
                .toList();
    }
}
