package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What COPY must be told of each format's files, and which files it cannot load. */
class FileFormatsTest {
    private static final Columns PLAIN = columns("a", "b");

    static Stream<Arguments> loadable() {
        return Stream.of(
                Arguments.of(new ParquetDataFormat(), ".parquet", "FORMAT AS PARQUET"),
                Arguments.of(new AvroDataFormat(), ".avro", "FORMAT AS AVRO 'auto'"),
                Arguments.of(new JsonLinesDataFormat(), ".jsonl", "FORMAT AS JSON 'auto'"),
                Arguments.of(json(f -> f.setCompression(Compression.GZIP)), ".jsonl.gz", "FORMAT AS JSON 'auto' GZIP"),
                Arguments.of(
                        new CsvDataFormat(),
                        ".csv",
                        "FORMAT AS CSV QUOTE AS '\"' DELIMITER AS ',' NULL AS '<NULL>' IGNOREHEADER AS 1"),
                Arguments.of(
                        csv(f -> {
                            f.setDelimiter("tab");
                            f.setQuote("'");
                            f.setHeader(false);
                            f.setNullText("@it@");
                            f.setCompression(Compression.ZSTD);
                        }),
                        ".tsv.zst",
                        "FORMAT AS CSV QUOTE AS '''' DELIMITER AS '\\t' NULL AS '@it@' ZSTD"),
                Arguments.of(
                        csv(f -> {
                            f.setDelimiter("pipe");
                            f.setQuoting(Quoting.NONE);
                            f.setEscape("\\");
                            f.setCompression(Compression.BZIP2);
                        }),
                        ".psv.bz2",
                        "DELIMITER AS '|' ESCAPE NULL AS '<NULL>' IGNOREHEADER AS 1 BZIP2"),
                Arguments.of(
                        csv(f -> f.setDelimiter(";")),
                        ".txt",
                        "FORMAT AS CSV QUOTE AS '\"' DELIMITER AS ';' NULL AS '<NULL>' IGNOREHEADER AS 1"));
    }

    @ParameterizedTest
    @MethodSource("loadable")
    void saysWhatCopyNeeds(RowsDataFormat format, String suffix, String copyOptions) {
        FileFormat file = format.fileFormat(PLAIN);

        assertThat(file.obstacle()).isEmpty();
        assertThat(file.jsonPaths()).isEmpty();
        assertThat(file.name()).isEqualTo(format.getDataFormatName());
        assertThat(file.suffix()).isEqualTo(suffix);
        assertThat(file.copyOptions()).isEqualTo(copyOptions);
    }

    static Stream<Arguments> notLoadable() {
        return Stream.of(
                Arguments.of(avro(f -> f.setLogicalTypes(true)), "logicalTypes=false"),
                Arguments.of(avro(f -> f.setNul(NulRule.KEEP)), "nul=refuse"),
                Arguments.of(avro(f -> f.setMaxRowBytes(5_000_000)), "at most 4000000, not 5000000"),
                Arguments.of(json(f -> f.setNul(NulRule.KEEP)), "nul=refuse"),
                Arguments.of(json(f -> f.setMaxRowBytes(5_000_000)), "maxRowBytes"),
                Arguments.of(csv(f -> f.setQuoting(Quoting.NONE)), "quoting=minimal"),
                Arguments.of(
                        csv(f -> {
                            f.setQuoting(Quoting.NONE);
                            f.setEscape("^");
                        }),
                        "escape=\\"),
                Arguments.of(csv(f -> f.setLineEnd(LineEnd.CRLF)), "lineEnd=lf"),
                Arguments.of(csv(f -> f.setNullText("")), "NULL and empty text alike"),
                Arguments.of(csv(f -> f.setNullText("\\N")), "a backslash in NULL AS"),
                Arguments.of(csv(f -> f.setNul(NulRule.KEEP)), "nul=refuse"),
                Arguments.of(csv(f -> f.setMaxRowBytes(5_000_000)), "maxRowBytes"));
    }

    @ParameterizedTest
    @MethodSource("notLoadable")
    void saysWhyCopyCannotLoadAFile(RowsDataFormat format, String reason) {
        assertThat(format.fileFormat(PLAIN).obstacle())
                .hasValueSatisfying(obstacle -> assertThat(obstacle).contains(reason));
    }

    @Test
    void givesTheJsonPathsOfEncodedNames() {
        RowsDataFormat format = new AvroDataFormat();

        FileFormat file = format.fileFormat(columns("home town", "b"));

        assertThat(file.copyOptions()).isEqualTo("FORMAT AS AVRO '" + FileFormat.JSON_PATHS + "'");
        assertThat(file.jsonPaths()).contains("{\"jsonpaths\":[\"$['home_x20_town']\",\"$['b']\"]}");
        assertThat(format.fileFormat(PLAIN).copyOptions()).isEqualTo("FORMAT AS AVRO 'auto'");
    }

    @Test
    void cannotSkipAHeaderOfTwoLines() {
        assertThat(new CsvDataFormat().fileFormat(columns("a\nb", "c")).obstacle())
                .hasValueSatisfying(obstacle -> assertThat(obstacle).contains("header=false"));
        assertThat(csv(f -> f.setHeader(false)).fileFormat(columns("a\nb", "c")).obstacle())
                .isEmpty();
    }

    static Stream<Arguments> staged() {
        return Stream.of(
                Arguments.of(new ParquetDataFormat(), "[AS_IS, AS_IS, AS_IS, JSON_TEXT, AS_IS, UTC]"),
                Arguments.of(new AvroDataFormat(), "[NUMBER_TEXT, HEX, HEX, JSON_TEXT, AS_IS, AS_IS]"),
                Arguments.of(new JsonLinesDataFormat(), "[NUMBER_TEXT, HEX, HEX, JSON_TEXT, AS_IS, AS_IS]"),
                Arguments.of(new CsvDataFormat(), "[NUMBER_TEXT, HEX, AS_IS, JSON_TEXT, AS_IS, AS_IS]"),
                Arguments.of(csv(f -> f.setQuoting(Quoting.NONE)), "[NUMBER_TEXT, HEX, HEX, JSON_TEXT, AS_IS, AS_IS]"));
    }

    @ParameterizedTest
    @MethodSource("staged")
    void saysHowAStagingTableHoldsEachType(RowsDataFormat format, String storages) {
        Columns columns = new Columns(List.of(
                new Column("f", new ColumnType.FloatingPoint(8), true),
                new Column("b", new ColumnType.Binary(64_000), true),
                new Column("c", new ColumnType.Binary(64_001), true),
                new Column("s", new ColumnType.Super(), true),
                new Column("n", new ColumnType.Decimal(38, 0), true),
                new Column("t", new ColumnType.Timestamp(ColumnType.Zone.INSTANT), true)));

        assertThat(format.fileFormat(columns).staged().stream()
                        .map(Column::storage)
                        .toList())
                .hasToString(storages);
    }

    private static Columns columns(String... names) {
        return new Columns(List.of(names).stream()
                .map(name -> new Column(name, new ColumnType.Text(10), true))
                .toList());
    }

    private static RowsDataFormat avro(Consumer<AvroDataFormat> change) {
        AvroDataFormat format = new AvroDataFormat();
        change.accept(format);
        return format;
    }

    private static RowsDataFormat json(Consumer<JsonLinesDataFormat> change) {
        JsonLinesDataFormat format = new JsonLinesDataFormat();
        change.accept(format);
        return format;
    }

    private static RowsDataFormat csv(Consumer<CsvDataFormat> change) {
        CsvDataFormat format = new CsvDataFormat();
        change.accept(format);
        return format;
    }
}
