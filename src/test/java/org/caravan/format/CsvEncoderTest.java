package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.caravan.schema.Batch;
import org.caravan.schema.ColumnType;
import org.caravan.schema.ColumnType.Binary;
import org.caravan.schema.ColumnType.Bool;
import org.caravan.schema.ColumnType.Date;
import org.caravan.schema.ColumnType.Decimal;
import org.caravan.schema.ColumnType.FloatingPoint;
import org.caravan.schema.ColumnType.Int;
import org.caravan.schema.ColumnType.Super;
import org.caravan.schema.ColumnType.Text;
import org.caravan.schema.ColumnType.Timestamp;
import org.caravan.schema.ColumnType.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvEncoderTest {
    private static final ColumnType TEXT = new Text(1000);
    private static final CsvOptions BARE =
            CsvOptions.builder().header(CsvOptions.Header.NONE).build();

    @TempDir
    Path directory;

    @Test
    void writesWhatCopyReadsByDefault() throws IOException {
        Rows rows = new Rows()
                .and("flag", new Bool(), 1L, 0L, null)
                .and("n", new Int(8), Long.MIN_VALUE, 7L, null)
                .and("amount", new Decimal(9, 2), -5L, 123_456L, null)
                .and("rate", new FloatingPoint(8), 0.1, -1e300, null)
                .and("day", new Date(), -719_162L, 0L, null)
                .and("at", new Timestamp(Zone.LOCAL), 0L, 1L, null)
                .and("seen", new Timestamp(Zone.INSTANT), 0L, 1L, null)
                .and("name", TEXT, "a,b", "", null);

        assertThat(text(CsvOptions.defaults(), rows))
                .isEqualTo(
                        """
                        flag,n,amount,rate,day,at,seen,name
                        true,-9223372036854775808,-0.05,0.1,0001-01-01,1970-01-01 00:00:00,1970-01-01 00:00:00+00,"a,b"
                        false,7,1234.56,-1.0E300,1970-01-01,1970-01-01 00:00:00.000001,1970-01-01 00:00:00.000001+00,""
                        <NULL>,<NULL>,<NULL>,<NULL>,<NULL>,<NULL>,<NULL>,<NULL>
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "plain~plain",
                "in ner~in ner",
                "a,b~\"a,b\"",
                "a\"b~\"a\"\"b\"",
                "a\\nb~\"a\\nb\"",
                "a\\rb~\"a\\rb\"",
                "\\tx~\"\\tx\"",
                "#x~\"#x\"",
                "a#~a#",
                "'~'",
                "naïve~naïve"
            })
    void quotesWhatNeedsItAndWhatIsMisread(String value, String expected) throws IOException {
        assertThat(text(BARE, Rows.of("a", TEXT, unescape(value)))).isEqualTo(unescape(expected) + "\n");
    }

    @Test
    void quotesABackslashAndWhiteSpaceAtAnEnd() throws IOException {
        assertThat(text(BARE, Rows.of("a", TEXT, "\\.", "\\N", " x", "x ", "\uFEFFx")))
                .isEqualTo("\"\\.\"\n\"\\N\"\n\" x\"\n\"x \"\n\"\uFEFFx\"\n");
    }

    @Test
    void quotesAllButNull() throws IOException {
        CsvOptions options = CsvOptions.builder()
                .header(CsvOptions.Header.NONE)
                .quoting(Quoting.ALL)
                .build();

        assertThat(text(options, new Rows().and("n", new Int(4), 1L, null).and("a", TEXT, null, "x")))
                .isEqualTo("\"1\",<NULL>\n<NULL>,\"x\"\n");
    }

    @Test
    void quotesAllButNumbersAndNull() throws IOException {
        CsvOptions options = CsvOptions.builder()
                .header(CsvOptions.Header.NONE)
                .quoting(Quoting.NON_NUMERIC)
                .quote('\'')
                .build();
        Rows rows = new Rows()
                .and("n", new Decimal(3, 1), 15L)
                .and("b", new Bool(), 1L)
                .and("d", new Date(), 0L)
                .and("a", TEXT, "it's");

        assertThat(text(options, rows)).isEqualTo("1.5,'true','1970-01-01','it''s'\n");
    }

    @Test
    void escapesInsteadOfQuoting() throws IOException {
        CsvOptions options = CsvOptions.builder()
                .quoting(Quoting.NONE)
                .escape(Optional.of('\\'))
                .delimiter('|')
                .build();

        assertThat(text(options, new Rows().and("a|b", TEXT, "x|y\\z\n\"").and("c", TEXT, "")))
                .isEqualTo("a\\|b|c\nx\\|y\\\\z\\\n\"|\n");
    }

    @Test
    void keepsEmptyTextApartFromAnEmptyNull() throws IOException {
        CsvOptions options =
                CsvOptions.builder().header(CsvOptions.Header.NONE).nullText("").build();

        assertThat(text(options, new Rows().and("a", TEXT, "", null).and("n", new Int(2), null, 1L)))
                .isEqualTo("\"\",\n,1\n");
        assertThatThrownBy(() -> text(options, Rows.of("a", TEXT, (Object) null)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("'a'")
                .hasMessageContaining("empty line");
    }

    @Test
    void endsLinesAsTold() throws IOException {
        CsvOptions options = CsvOptions.builder().lineEnd(LineEnd.CRLF).build();

        assertThat(text(options, Rows.of("a", TEXT, "x"))).isEqualTo("a\r\nx\r\n");
    }

    @Test
    void leavesTheOffsetOutForAColumnOfUtc() throws IOException {
        CsvOptions options = CsvOptions.builder()
                .header(CsvOptions.Header.NONE)
                .instants(InstantForm.UTC)
                .build();

        assertThat(text(options, Rows.of("t", new Timestamp(Zone.INSTANT), 0L))).isEqualTo("1970-01-01 00:00:00\n");
    }

    @Test
    void anEmptyResultKeepsItsNames() throws IOException {
        assertThat(text(CsvOptions.defaults(), Rows.of("a", TEXT).and("b", TEXT)))
                .isEqualTo("a,b\n");
        assertThat(text(BARE, Rows.of("a", TEXT))).isEmpty();
    }

    @Test
    void refusesTheTextThatStandsForNull() {
        assertThatThrownBy(() -> text(CsvOptions.defaults(), Rows.of("a", TEXT, "x", "<NULL>")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("'a'")
                .hasMessageContaining("row 2")
                .hasMessageContaining("nullText='<NULL>'")
                .hasMessageContaining("Set nullText");
        CsvOptions none =
                CsvOptions.builder().quoting(Quoting.NONE).nullText("").build();
        assertThatThrownBy(() -> text(none, Rows.of("a", TEXT, "").and("b", TEXT, "x")))
                .hasMessageContaining("row 1")
                .hasMessageContaining("nullText=''");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "nul\\0~a NUL character at byte 4",
                "\\xff~the byte 0xFF at byte 1",
            })
    void refusesWhatIsNoText(String value, String message) {
        Rows rows = Rows.of("a", TEXT, "fine", "to be replaced");
        byte[] bytes = value.equals("\\xff")
                ? new byte[] {(byte) 0xFF}
                : value.replace("\\0", "\0").getBytes(StandardCharsets.UTF_8);
        Batch batch = rows.batch();
        batch.bytes(0).append(1, bytes, 0, bytes.length);

        try (Encoder encoder = new CsvEncoder(rows.columns(), BARE, new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> encoder.write(batch))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("row 2")
                    .hasMessageContaining(message);
        }
    }

    @Test
    void keepsNulIfTold() throws IOException {
        CsvOptions options = CsvOptions.builder()
                .header(CsvOptions.Header.NONE)
                .nul(NulRule.KEEP)
                .build();

        assertThat(text(options, Rows.of("a", TEXT, "x\0y"))).isEqualTo("x\0y\n");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void writesNumbersThatAreNotFiniteUnlessTold(double value) throws IOException {
        Rows rows = Rows.of("x", new FloatingPoint(8), 1.0, value);

        assertThat(text(CsvOptions.defaults(), rows)).isEqualTo("x\n1.0\n" + value + "\n");
        CsvOptions refused = CsvOptions.builder().nonFinite(NonFinite.REFUSE).build();
        assertThatThrownBy(() -> text(refused, rows))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("row 2 of the file has " + value)
                .hasMessageContaining("nonFinite=text");
    }

    @Test
    void writesBinaryAsHexadecimalDigitsAndJsonAsText() throws IOException {
        Rows rows = new Rows()
                .and("b", new Binary(9), new byte[] {0, -1, 0x1F}, new byte[0], null)
                .and("s", new Super(), "{\"a\": [1, 2]}", "1", "null");

        assertThat(text(BARE, rows)).isEqualTo("00ff1f,\"{\"\"a\"\": [1, 2]}\"\n\"\",1\n<NULL>,null\n");
        CsvOptions all = CsvOptions.builder()
                .header(CsvOptions.Header.NONE)
                .quoting(Quoting.NON_NUMERIC)
                .build();
        assertThat(text(all, Rows.of("b", new Binary(9), new byte[] {10}, null)))
                .isEqualTo("\"0a\"\n<NULL>\n");
        CsvOptions bare = CsvOptions.builder()
                .header(CsvOptions.Header.NONE)
                .quoting(Quoting.NONE)
                .escape(Optional.of('\\'))
                .build();
        assertThat(text(bare, rows)).isEqualTo("00ff1f,{\"a\": [1\\, 2]}\n,1\n<NULL>,null\n");
    }

    @Test
    void refusesEmptyBinaryThatCopyWouldReadAsNull() {
        assertThatThrownBy(() -> text(BARE, Rows.of("b", new Binary(64_001), (Object) new byte[0])))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("row 1 of the file has binary of 0 bytes")
                .hasMessageContaining("COPY reads an empty field as NULL in a column of VARBYTE")
                .hasMessageContaining("declare the column as binary(64000) or less");
        CsvOptions none = CsvOptions.builder().quoting(Quoting.NONE).build();
        assertThatThrownBy(() -> text(none, Rows.of("b", new Binary(9), (Object) new byte[0])))
                .hasMessageContaining("a line of nothing is skipped by readers");
    }

    @Test
    void refusesValuesThatTheirTypesDoNotAllow() {
        assertRefused(new Int(2), 40_000L, "-32768 to 32767");
        assertRefused(new Bool(), 2L, "0 to 1");
        assertRefused(new Decimal(3, 1), 1000L, "-999 to 999");
        assertRefused(new Date(), 3_000_000L, "years 1 to 9999");
        assertRefused(new Timestamp(Zone.LOCAL), Long.MAX_VALUE, "years 1 to 9999");
        assertRefused(new FloatingPoint(4), 0.1, "a number of 4 bytes");
        assertRefused(new Text(3), "four", "up to 3 bytes");
        assertRefused(new Decimal(20, 2), BigInteger.TEN.pow(20), "an unscaled value between -100000000000000000000");
    }

    @Test
    void refusesARowThatIsTooLarge() {
        CsvOptions options = CsvOptions.builder().maxRowBytes(10).build();

        assertThatThrownBy(() -> text(options, Rows.of("a", TEXT, "123456789", "1234567890")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("Row 2")
                .hasMessageContaining("11 bytes")
                .hasMessageContaining("maxRowBytes=10");
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void compressesTheWholeFile(Compression compression) throws IOException, SQLException {
        CsvOptions options = CsvOptions.builder().compression(compression).build();
        Rows rows = Rows.of(
                "a",
                TEXT,
                IntStream.range(0, 20_000).mapToObj(i -> "value " + i % 100).toArray());
        Path file = Encoded.write(
                directory.resolve("x.csv" + compression.suffix()),
                (columns, out) -> new CsvEncoder(columns, options, out),
                rows,
                1000);
        byte[] written = Files.readAllBytes(file);

        if (compression == Compression.BZIP2) {
            try (BZip2CompressorInputStream in =
                    new BZip2CompressorInputStream(new ByteArrayInputStream(written), true)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .hasLineCount(20_001)
                        .endsWith("value 99\n");
            }
        } else {
            try (DuckDb duckDb = new DuckDb()) {
                assertThat(duckDb.value(file, "SELECT count(DISTINCT a) || ' of ' || count(*) FROM read_csv($file)"))
                        .isEqualTo("100 of 20000");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void knowsItsSize(Compression compression) throws IOException {
        CsvOptions options = CsvOptions.builder().compression(compression).build();
        Random random = new Random(1);
        Rows rows = new Rows()
                .and(
                        "a",
                        TEXT,
                        IntStream.range(0, 50_000)
                                .mapToObj(i -> "value " + random.nextInt())
                                .toArray());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Encoder encoder = new CsvEncoder(rows.columns(), options, out)) {
            for (int i = 0; i < 5; i++) {
                encoder.write(rows.batch());
            }
            long estimate = encoder.encodedBytes();
            encoder.finish();

            assertThat(encoder.encodedBytes()).isEqualTo(out.size());
            assertThat(encoder.rows()).isEqualTo(250_000);
            assertThat((double) estimate).isBetween(out.size() * 0.8, out.size() * 1.25);
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void writesNothingAfterItIsGivenUp(Compression compression) throws IOException {
        CsvOptions options = CsvOptions.builder().compression(compression).build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Rows rows = Rows.of("a", TEXT, "x");
        Batch batch = rows.batch();
        Encoder encoder = new CsvEncoder(rows.columns(), options, out);
        for (int i = 0; i < 100_000; i++) {
            encoder.write(batch);
        }
        int written = out.size();
        encoder.close();
        encoder.close();

        assertThat(out.size()).isEqualTo(written);
        assertThatThrownBy(encoder::finish).isInstanceOf(IllegalStateException.class);
    }

    private void assertRefused(ColumnType type, Object value, String allowed) {
        assertThatThrownBy(() -> text(CsvOptions.defaults(), Rows.of("a", type, (Object) null, value)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("Column 'a' is " + type + ", but row 2 of the file has ")
                .hasMessageContaining(allowed);
    }

    private String text(CsvOptions options, Rows rows) throws IOException {
        Path file = Encoded.write(
                directory.resolve("x.csv"), (columns, out) -> new CsvEncoder(columns, options, out), rows);
        return Files.readString(file);
    }

    private static String unescape(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    }
}
