package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.caravan.schema.Batch;
import org.caravan.schema.ColumnType;
import org.caravan.schema.RowStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MapRowsTest {
    private static final UUID ID = UUID.fromString("6f1e0b5e-0c0f-4c5c-9d6a-111111111111");

    static Stream<Arguments> shown() {
        return Stream.of(
                shown("boolean", "true", true),
                shown("smallint", "7", (short) 7),
                shown("smallint", "-7", (byte) -7),
                shown("integer", "7", 7),
                shown("bigint", "7", 7L),
                shown("bigint", "7,8", 7, 8L),
                shown("integer", "<NULL>,7", null, 7),
                shown("real", "1.5", 1.5f),
                shown("double precision", "0.1", 0.1),
                shown("decimal(38,0)", "12345678901234567890", new BigInteger("12345678901234567890")),
                shown("decimal(38,2)", "1.50,7.00", new BigDecimal("1.5"), new BigDecimal("7.00")),
                shown("decimal(38,0)", "100", new BigDecimal("1E2")),
                shown("text(65535 bytes)", "camel", "camel"),
                shown("text(36 bytes)", ID.toString(), ID),
                shown("text(65535 bytes)", ID + ",x", ID, "x"),
                shown("date", "2024-02-29", LocalDate.of(2024, 2, 29)),
                shown("date", "2024-02-29", java.sql.Date.valueOf("2024-02-29")),
                shown("timestamp", "2024-02-29 01:02:03.500000", LocalDateTime.parse("2024-02-29T01:02:03.5")),
                shown("timestamptz", "2024-02-29 00:02:03+00", OffsetDateTime.parse("2024-02-29T01:02:03+01:00")),
                shown("timestamptz", "1970-01-01 00:00:00+00", Instant.EPOCH));
    }

    private static Arguments shown(String type, String text, Object... values) {
        return Arguments.of(type, text, Arrays.asList(values));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void takesTheTypeThatTheValuesShow(String type, String text, List<Object> values) throws IOException {
        List<Map<String, Object>> rows =
                values.stream().map(value -> row("A", value)).toList();

        assertThat(stream(rows, "").columns().get(0).name()).isEqualTo("a");
        assertThat(stream(rows, "").columns().get(0).type()).hasToString(type);
        assertThat(csv(rows, "")).isEqualTo("a\n" + text.replace(',', '\n') + "\n");
    }

    static Stream<Arguments> declared() {
        return Stream.of(
                Arguments.of(
                        "a=timestamp", Timestamp.valueOf("2024-02-29 01:02:03.000004"), "2024-02-29 01:02:03.000004"),
                Arguments.of("a=timestamptz", Timestamp.from(Instant.EPOCH), "1970-01-01 00:00:00+00"),
                Arguments.of("A = decimal( 9 , 2 )", new BigDecimal("1.5"), "1.50"),
                Arguments.of("a=decimal(5)", 12, "12"),
                Arguments.of("a=bigint", 12, "12"),
                Arguments.of("a=bigint", new BigInteger("-9223372036854775808"), "-9223372036854775808"),
                Arguments.of("a=double precision", 1.5f, "1.5"),
                Arguments.of("a=text(5)", "camel", "camel"),
                Arguments.of("a=binary(2)", new byte[] {1, -1}, "01ff"),
                Arguments.of("a=super", "[1]", "[1]"));
    }

    @Test
    void givesBinaryTheRoomOfTheLongest() throws IOException {
        assertThat(stream(List.of(row("a", new byte[3]), row("a", new byte[70_000])), "")
                        .columns()
                        .get(0)
                        .type())
                .isEqualTo(new ColumnType.Binary(70_000));
    }

    @ParameterizedTest
    @MethodSource("declared")
    void takesTheDeclaredType(String types, Object value, String text) throws IOException {
        assertThat(csv(List.of(row("a", value)), types)).isEqualTo("a\n" + text + "\n");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("", "column 'a' is a java.sql.Timestamp", row("a", new Timestamp(0))),
                refused("", "column 'a' is NULL in the first 2 rows", row("a", null), row("a", null)),
                refused("", "column 'a' is integer, but text(65535 bytes) in a row before", row("a", "x"), row("a", 1)),
                refused("", "column 'a' is a java.net.URI", row("a", URI.create("a:b"))),
                refused(
                        "",
                        "column 'a' is text(65535 bytes), but binary(64000 bytes) in a row before",
                        row("a", new byte[1]),
                        row("a", "x")),
                refused("a=binary(3)", "Column 'a' of row 1 has 4 bytes, more than the 3", row("a", new byte[4])),
                refused("a=super", "is a java.lang.Integer ('1'), which is no super", row("a", 1)),
                refused("", "There are no rows"),
                refused("", "are both named 'a' in lower case", row("a", 1, "A", 2)),
                refused("b=date", "types names 'b', which the rows have not", row("a", 1)),
                refused("", "Row 2 has no column 'a'", row("a", 1), row("b", 1)),
                refused("", "Row 2 has 2 columns", row("a", 1), row("a", 1, "b", 2)),
                refused("a=text(3)", "Column 'a' of row 1 has 4 bytes", row("a", "four")),
                refused("a=decimal(5,1)", "with 2 fractional digits", row("a", new BigDecimal("1.25"))),
                refused("a=bigint", "is a java.lang.String ('1'), which is no bigint", row("a", "1")),
                refused("a=bigint", "more than 64 bits hold", row("a", BigInteger.TWO.pow(63))),
                refused("a=date", "is a java.time.LocalDateTime", row("a", LocalDateTime.MIN)),
                refused("", "in the year 10000", row("a", LocalDate.of(10_000, 1, 1))),
                refused("", "half a surrogate pair", row("a", "\uD83D")),
                refused("", "NUL character", row("a", "x\0")));
    }

    private static Arguments refused(String types, String message, Map<?, ?>... rows) {
        return Arguments.of(types, message, List.of(rows));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void saysWhatItCannotTake(String types, String message, List<Map<String, Object>> rows) {
        assertThatThrownBy(() -> csv(rows, types))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesRowsThatAreNoMaps() {
        assertThatThrownBy(() -> MapRows.of(List.of("x").iterator(), DeclaredTypes.parse("")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("Row 1 is a java.lang.String");
    }

    @Test
    void emptyRowsHaveTheDeclaredColumns() throws IOException {
        assertThat(csv(List.of(), "b=date, a=decimal(3,1)")).isEqualTo("b,a\n");
    }

    @Test
    void refusesAValueBehindTheRowsThatShowedTheType() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < MapRows.LOOK_AHEAD_ROWS; i++) {
            rows.add(row("a", new BigDecimal("1.5")));
        }
        rows.add(row("a", new BigDecimal("1.25")));

        assertThatThrownBy(() -> csv(rows, ""))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("Column 'a' of row 1001")
                .hasMessageContaining("types=");
    }

    @Test
    void givesEveryRowOnceAndClosesTheIterator() {
        CloseableRows rows = new CloseableRows(5000);
        long sum = 0;
        long count = 0;
        try (RowStream stream = MapRows.of(rows, DeclaredTypes.parse("")).orElseThrow()) {
            assertThat(rows.given).isEqualTo(MapRows.LOOK_AHEAD_ROWS);
            for (Batch batch = stream.read(700); batch.rows() > 0; batch = stream.read(700)) {
                for (int row = 0; row < batch.rows(); row++) {
                    sum += batch.longs(0).get(row);
                }
                count += batch.rows();
            }
        }

        assertThat(count).isEqualTo(5000);
        assertThat(sum).isEqualTo(12_497_500);
        assertThat(rows.closed).isEqualTo(1);
    }

    @Test
    void closesAnIteratorWhoseRowsItRefuses() {
        CloseableRows rows = new CloseableRows(1);

        assertThatThrownBy(() -> MapRows.of(rows, DeclaredTypes.parse("x=date")))
                .isInstanceOf(FormatException.class);
        assertThat(rows.closed).isEqualTo(1);
    }

    private static String csv(List<Map<String, Object>> rows, String types) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RowStream stream = stream(rows, types);
                Encoder encoder = new CsvEncoder(stream.columns(), CsvOptions.defaults(), out)) {
            for (Batch batch = stream.read(100); batch.rows() > 0; batch = stream.read(100)) {
                encoder.write(batch);
            }
            encoder.finish();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static RowStream stream(List<Map<String, Object>> rows, String types) {
        return MapRows.of(rows, DeclaredTypes.parse(types)).orElseThrow();
    }

    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private static final class CloseableRows implements Iterator<Map<String, Object>>, Closeable {
        private final int size;
        private int given;
        private int closed;

        CloseableRows(int size) {
            this.size = size;
        }

        @Override
        public boolean hasNext() {
            return given < size;
        }

        @Override
        public Map<String, Object> next() {
            return row("n", given++);
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
