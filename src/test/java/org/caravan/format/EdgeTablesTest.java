package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.caravan.format.AnyTable.AnyColumn;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables and values at the limits, through every format and back by readers of other make. */
class EdgeTablesTest {
    private static final int BATCH_ROWS = 7;

    @TempDir
    Path directory;

    private RoundTrip roundTrip;

    private enum Format {
        PARQUET,
        AVRO,
        CSV,
        JSONL;

        RowsDataFormat dataFormat() {
            return switch (this) {
                case PARQUET -> new ParquetDataFormat();
                case AVRO -> new AvroDataFormat();
                case CSV -> new CsvDataFormat();
                case JSONL -> new JsonLinesDataFormat();
            };
        }

        void roundTrip(RoundTrip by, AnyTable table) throws IOException, SQLException {
            switch (this) {
                case PARQUET -> by.parquet(table, ParquetOptions.defaults(), BATCH_ROWS);
                case AVRO -> by.avro(table, AvroOptions.defaults(), BATCH_ROWS);
                case CSV -> by.csv(table, CsvOptions.defaults(), BATCH_ROWS);
                case JSONL -> by.jsonLines(table, JsonLinesOptions.defaults(), BATCH_ROWS);
            }
        }
    }

    @BeforeEach
    void open() throws SQLException {
        roundTrip = new RoundTrip(directory);
    }

    @AfterEach
    void close() throws SQLException {
        roundTrip.close();
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void noRows(Format format) throws IOException, SQLException {
        format.roundTrip(roundTrip, table(AnyTables.everyType(), 0));
        format.roundTrip(roundTrip, AnyTable.of("only", new ColumnType.Date()));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void nothingButNull(Format format) throws IOException, SQLException {
        format.roundTrip(roundTrip, table(AnyTables.everyType(), 1));
        format.roundTrip(roundTrip, table(AnyTables.everyType(), 20));
        for (ColumnType type : AnyTables.everyType()) {
            format.roundTrip(roundTrip, table(List.of(type), 20));
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void oneRowOfOneColumn(Format format) throws IOException, SQLException {
        format.roundTrip(roundTrip, AnyTable.of("t", new ColumnType.Text(1), ""));
        format.roundTrip(roundTrip, AnyTable.of("b", new ColumnType.Binary(1), new byte[0]));
        format.roundTrip(roundTrip, AnyTable.of("b", new ColumnType.Binary(1), new byte[] {-1}));
        format.roundTrip(roundTrip, AnyTable.of("s", new ColumnType.Super(), "null"));
        format.roundTrip(roundTrip, AnyTable.of("r", new ColumnType.FloatingPoint(4), Double.NaN));
        format.roundTrip(roundTrip, AnyTable.of("d", new ColumnType.FloatingPoint(8), -0.0));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void asManyColumnsAsRedshiftAllows(Format format) throws IOException, SQLException {
        List<ColumnType> narrow = List.of(
                new ColumnType.Bool(), new ColumnType.Int(2), new ColumnType.Decimal(3, 1), new ColumnType.Date());
        format.roundTrip(
                roundTrip,
                new AnyTable(IntStream.range(0, 1600)
                        .mapToObj(column -> new AnyColumn(
                                "c" + column, narrow.get(column % 4), Arrays.asList((long) (column % 2), null, 1L)))
                        .toList()));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void longTextAndBinary(Format format) throws IOException, SQLException {
        byte[] bytes = bytes(16_384);
        byte[] most = bytes(32_767);

        format.roundTrip(
                roundTrip,
                new AnyTable(List.of(
                        new AnyColumn(
                                "n".repeat(127),
                                new ColumnType.Text(65_535),
                                Arrays.asList("x".repeat(65_535), null, "🐫".repeat(16_383))),
                        new AnyColumn("b", new ColumnType.Binary(16_384), Arrays.asList(bytes, new byte[0], null)),
                        new AnyColumn("m", new ColumnType.Binary(64_000), Arrays.asList(most, null, bytes)),
                        new AnyColumn(
                                "s",
                                new ColumnType.Super(),
                                Arrays.asList("[" + "1,".repeat(32_766) + "1]", null, "{}")))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"PARQUET", "CSV"})
    void binaryThatVarcharHasNoRoomFor(Format format) throws IOException, SQLException {
        format.roundTrip(
                roundTrip, AnyTable.of("b", new ColumnType.Binary(1_500_000), bytes(1_500_000), bytes(32_768)));
    }

    @ParameterizedTest
    @CsvSource({"AVRO", "JSONL", "CSV"})
    void refusesBinaryThatVarcharHasNoRoomFor(Format format) {
        assertThatThrownBy(() -> encode(format, AnyTable.of("photo", new ColumnType.Binary(64_000), bytes(32_768))))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        "Column 'photo' is binary(64000 bytes), but row 1 of the file has binary of 32768 bytes; allowed"
                                + " is up to 32767 bytes, since their 65536 hexadecimal digits go through a VARCHAR, which holds"
                                + " 65535. Choose parquet, which has room for more, declare it for csv as"
                                + " columns.photo.type=binary(n) of more than 64000, or set columns.photo.onOverflow=null");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void refusesWhatIsLongerThanItsType(Format format) {
        assertThatThrownBy(
                        () -> encode(format, AnyTable.of("t", new ColumnType.Text(65_535), null, "x".repeat(65_536))))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("row 2 of the file has text of 65536 bytes; allowed is up to 65535 bytes")
                .hasMessageContaining("columns.t.onOverflow=truncate or null");
        assertThatThrownBy(() -> encode(format, AnyTable.of("s", new ColumnType.Super(), "1".repeat(65_536))))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("Column 's' is super, but row 1 of the file has text of 65536 bytes")
                .hasMessageContaining("columns.s.onOverflow=null");
        assertThatThrownBy(() -> encode(format, AnyTable.of("b", new ColumnType.Binary(3), bytes(4))))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("row 1 of the file has binary of 4 bytes; allowed is up to 3 bytes");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void refusesBytesThatAreNoText(Format format) {
        byte[] half = {'x', (byte) 0xED, (byte) 0xA0, (byte) 0xBD};

        assertThatThrownBy(() -> encode(format, AnyTable.of("t", new ColumnType.Text(9), "é", null, half)))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        "Column 't' is text(9 bytes), but row 3 of the file has the byte 0xED at byte 2 of its text;"
                                + " allowed is well-formed UTF-8, without halves of surrogate pairs. Correct the value in the SQL");
        assertThatThrownBy(() -> encode(format, AnyTable.of("s", new ColumnType.Super(), half)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("the byte 0xED at byte 2");
    }

    private static void encode(Format format, AnyTable table) throws IOException {
        try (Encoder encoder = format.dataFormat().encoder(table.rows().columns(), OutputStream.nullOutputStream())) {
            encoder.write(table.rows().batch());
        }
    }

    private static AnyTable table(List<ColumnType> types, int rows) {
        return new AnyTable(IntStream.range(0, types.size())
                .mapToObj(column -> new AnyColumn("c" + column, types.get(column), Collections.nCopies(rows, null)))
                .toList());
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
