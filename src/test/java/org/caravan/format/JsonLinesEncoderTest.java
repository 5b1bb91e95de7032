package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.caravan.schema.Batch;
import org.caravan.schema.ColumnType;
import org.caravan.schema.ColumnType.Bool;
import org.caravan.schema.ColumnType.Date;
import org.caravan.schema.ColumnType.Decimal;
import org.caravan.schema.ColumnType.FloatingPoint;
import org.caravan.schema.ColumnType.Int;
import org.caravan.schema.ColumnType.Text;
import org.caravan.schema.ColumnType.Timestamp;
import org.caravan.schema.ColumnType.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonLinesEncoderTest {
    private static final ColumnType TEXT = new Text(1000);

    @TempDir
    Path directory;

    @Test
    void writesAnObjectARowWithEveryColumn() throws IOException {
        Rows rows = new Rows()
                .and("flag", new Bool(), 1L, null)
                .and("n", new Int(8), Long.MAX_VALUE, null)
                .and("amount", new Decimal(38, 37), BigInteger.ONE, null)
                .and("rate", new FloatingPoint(4), -0.0, null)
                .and("day", new Date(), 0L, null)
                .and("seen", new Timestamp(Zone.INSTANT), 1L, null)
                .and("na\"me", TEXT, "\"\\\n\u0001é🐫/", null);

        assertThat(text(JsonLinesOptions.defaults(), rows))
                .isEqualTo(
                        "{\"flag\":true,\"n\":9223372036854775807,\"amount\":0.0000000000000000000000000000000000001,"
                                + "\"rate\":-0.0,\"day\":\"1970-01-01\",\"seen\":\"1970-01-01 00:00:00.000001+00\","
                                + "\"na\\\"me\":\"\\\"\\\\\\n\\u0001é🐫/\"}\n"
                                + "{\"flag\":null,\"n\":null,\"amount\":null,\"rate\":null,\"day\":null,\"seen\":null,"
                                + "\"na\\\"me\":null}\n");
    }

    @Test
    void writesDecimalsAsTextIfTold() throws IOException {
        JsonLinesOptions options = JsonLinesOptions.builder()
                .decimals(JsonLinesOptions.Decimals.TEXT)
                .build();

        assertThat(text(options, Rows.of("d", new Decimal(5, 2), -1L))).isEqualTo("{\"d\":\"-0.01\"}\n");
    }

    @Test
    void anEmptyResultIsAnEmptyFile() throws IOException {
        assertThat(text(JsonLinesOptions.defaults(), Rows.of("a", TEXT))).isEmpty();
    }

    @Test
    void writesNumbersThatJsonHasNotAsStringsUnlessTold() throws IOException {
        Rows rows = Rows.of("x", new FloatingPoint(8), Double.NaN, 1.5, Double.NEGATIVE_INFINITY);

        assertThat(text(JsonLinesOptions.defaults(), rows))
                .isEqualTo("{\"x\":\"NaN\"}\n{\"x\":1.5}\n{\"x\":\"-Infinity\"}\n");
        JsonLinesOptions refused =
                JsonLinesOptions.builder().nonFinite(NonFinite.REFUSE).build();
        assertThatThrownBy(() -> text(refused, rows))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("row 1 of the file has NaN")
                .hasMessageContaining("nonFinite=text");
    }

    @Test
    void writesBinaryAndJsonAsStrings() throws IOException {
        Rows rows = new Rows()
                .and("b", new ColumnType.Binary(9), new byte[] {0, -1, 0x1F}, new byte[0], null)
                .and("s", new ColumnType.Super(), "{\"a\": 1}", "null", null);

        assertThat(text(JsonLinesOptions.defaults(), rows))
                .isEqualTo(
                        """
                        {"b":"00ff1f","s":"{\\"a\\": 1}"}
                        {"b":"","s":"null"}
                        {"b":null,"s":null}
                        """);
    }

    /** Long texts are looked at eight bytes at a time. */
    @Test
    void escapesWhateverStandsAnywhereAsJacksonDoes() throws IOException {
        List<String> texts = new ArrayList<>();
        for (int length : new int[] {1, 2, 7, 8, 9, 31, 32, 33, 39, 40, 41, 70}) {
            for (int at = 0; at < length; at++) {
                for (String special : List.of("\"", "\\", "\n", "\u001f", " ", "!", "\u007f", "é", "日", "🐫")) {
                    texts.add("x".repeat(at) + special + "]".repeat(length - at - 1));
                }
            }
        }
        StringBuilder expected = new StringBuilder();
        for (String text : texts) {
            byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(text);
            expected.append("{\"n\":1,\"some longer name\":\"")
                    .append(new String(escaped, StandardCharsets.UTF_8))
                    .append("\"}\n");
        }

        assertThat(text(
                        JsonLinesOptions.defaults(),
                        new Rows()
                                .and(
                                        "n",
                                        new Int(2),
                                        Collections.nCopies(texts.size(), 1L).toArray())
                                .and("some longer name", TEXT, texts.toArray())))
                .isEqualTo(expected.toString());
    }

    @Test
    void refusesNulInTextOfAnyLength() {
        for (int length = 1; length < 50; length++) {
            String value = "x".repeat(length - 1) + "\0";
            assertThatThrownBy(() -> text(JsonLinesOptions.defaults(), Rows.of("a", TEXT, value)))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("a NUL character at byte " + length + " of its text");
        }
    }

    @Test
    void refusesHalfASurrogatePair() {
        Rows rows = Rows.of("a", TEXT, "to be replaced");
        Batch batch = rows.batch();
        // U+D83D, encoded as if it were a character.
        batch.bytes(0).append(0, new byte[] {'x', (byte) 0xED, (byte) 0xA0, (byte) 0xBD}, 0, 4);

        try (Encoder encoder =
                new JsonLinesEncoder(rows.columns(), JsonLinesOptions.defaults(), new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> encoder.write(batch))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("the byte 0xED at byte 2")
                    .hasMessageContaining("surrogate");
        }
    }

    @Test
    void refusesNulUnlessTold() throws IOException {
        Rows rows = Rows.of("a", TEXT, "x\0");

        assertThatThrownBy(() -> text(JsonLinesOptions.defaults(), rows))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("NUL character at byte 2")
                .hasMessageContaining("nul=keep");
        assertThat(text(JsonLinesOptions.builder().nul(NulRule.KEEP).build(), rows))
                .isEqualTo("{\"a\":\"x\\u0000\"}\n");
    }

    @Test
    void refusesAnObjectThatIsTooLarge() {
        Rows wide = new Rows();
        for (int i = 0; i < 70; i++) {
            wide.and("c" + i, new Text(65_535), "x".repeat(60_000));
        }

        assertThatThrownBy(() -> text(JsonLinesOptions.defaults(), wide))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("Row 1")
                .hasMessageContaining("maxRowBytes=4000000");
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "BZIP2", mode = EnumSource.Mode.EXCLUDE)
    void compressesTheWholeFile(Compression compression) throws IOException, SQLException {
        JsonLinesOptions options =
                JsonLinesOptions.builder().compression(compression).build();
        Path file = Encoded.write(
                directory.resolve("x.jsonl" + compression.suffix()),
                (columns, out) -> new JsonLinesEncoder(columns, options, out),
                Rows.of("n", new Int(4), 1L, 2L, 3L));

        try (DuckDb duckDb = new DuckDb()) {
            assertThat(duckDb.value(file, "SELECT sum(n) FROM read_json($file)"))
                    .isEqualTo("6");
        }
    }

    private String text(JsonLinesOptions options, Rows rows) throws IOException {
        Path file = Encoded.write(
                directory.resolve("x.jsonl"), (columns, out) -> new JsonLinesEncoder(columns, options, out), rows);
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
