package org.caravan.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Any table comes out of any format as it went in, whatever the options. A failure shows the smallest table that was found. Seeds
 * are fixed, so that a run is like the last one; without them, or with more tries, it looks further.
 */
@PropertyDefaults(tries = 60, edgeCases = EdgeCasesMode.NONE)
class FormatPropertiesTest {
    private static Path directory;
    private static RoundTrip roundTrip;

    @BeforeContainer
    static void open() throws IOException, SQLException {
        directory = Files.createTempDirectory("properties");
        roundTrip = new RoundTrip(directory);
    }

    @AfterContainer
    static void close() throws IOException, SQLException {
        roundTrip.close();
        try (java.util.stream.Stream<Path> left = Files.list(directory)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    @Property(seed = "1")
    void parquet(
            @ForAll("tables") AnyTable table,
            @ForAll("parquetOptions") ParquetOptions options,
            @ForAll @IntRange(min = 1, max = 30) int batchRows)
            throws IOException, SQLException {
        roundTrip.parquet(table, options, batchRows);
    }

    @Property(seed = "2")
    void csv(
            @ForAll("tables") AnyTable table,
            @ForAll("csvOptions") CsvOptions options,
            @ForAll @IntRange(min = 1, max = 30) int batchRows)
            throws IOException, SQLException {
        roundTrip.csv(table, options, batchRows);
    }

    @Property(seed = "3")
    void jsonLines(
            @ForAll("tables") AnyTable table,
            @ForAll("jsonLinesOptions") JsonLinesOptions options,
            @ForAll @IntRange(min = 1, max = 30) int batchRows)
            throws IOException, SQLException {
        roundTrip.jsonLines(table, options, batchRows);
    }

    @Property(seed = "4")
    void avro(
            @ForAll("tables") AnyTable table,
            @ForAll("avroOptions") AvroOptions options,
            @ForAll @IntRange(min = 1, max = 30) int batchRows)
            throws IOException {
        roundTrip.avro(table, options, batchRows);
    }

    @Provide
    Arbitrary<AnyTable> tables() {
        return AnyTables.upTo(40, 25);
    }

    @Provide
    Arbitrary<ParquetOptions> parquetOptions() {
        return Combinators.combine(
                        Arbitraries.of(ParquetCodec.class),
                        Arbitraries.integers().between(1, 30),
                        Arbitraries.integers().between(1, 2000),
                        Arbitraries.integers().between(1, 30),
                        Arbitraries.integers().between(0, 500))
                .as((codec, groupRows, pageBytes, pageRows, dictionaryBytes) -> ParquetOptions.builder()
                        .codec(codec)
                        .rowGroupRows(groupRows)
                        .pageBytes(pageBytes)
                        .pageRows(pageRows)
                        .dictionaryBytes(dictionaryBytes)
                        .build());
    }

    @Provide
    Arbitrary<CsvOptions> csvOptions() {
        return Combinators.combine(
                        Arbitraries.of(Compression.class),
                        Arbitraries.of(',', '\t', '|', ';'),
                        Arbitraries.of('"', '\''),
                        Arbitraries.of(Quoting.MINIMAL, Quoting.ALL, Quoting.NON_NUMERIC),
                        Arbitraries.of(LineEnd.class),
                        Arbitraries.of(CsvOptions.DEFAULT_NULL_TEXT, "@@"))
                .as((compression, delimiter, quote, quoting, lineEnd, nullText) -> CsvOptions.builder()
                        .compression(compression)
                        .delimiter(delimiter)
                        .quote(quote)
                        .quoting(quoting)
                        .lineEnd(lineEnd)
                        .nullText(nullText)
                        .build());
    }

    @Provide
    Arbitrary<JsonLinesOptions> jsonLinesOptions() {
        return Combinators.combine(Arbitraries.of(Compression.class), Arbitraries.of(JsonLinesOptions.Decimals.class))
                .as((compression, decimals) -> JsonLinesOptions.builder()
                        .compression(compression)
                        .decimals(decimals)
                        .build());
    }

    @Provide
    Arbitrary<AvroOptions> avroOptions() {
        return Combinators.combine(
                        Arbitraries.of(AvroCodec.class),
                        Arbitraries.integers().between(1, 2000),
                        Arbitraries.of(AvroOptions.LogicalTypes.class))
                .as((codec, blockBytes, logicalTypes) -> AvroOptions.builder()
                        .codec(codec)
                        .blockBytes(blockBytes)
                        .logicalTypes(logicalTypes)
                        .names(AvroNames.ENCODE)
                        .build());
    }
}
