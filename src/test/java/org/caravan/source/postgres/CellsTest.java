package org.caravan.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.ExactValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cells decode equals what Java's own parsers give; what they leave is left whole. */
class CellsTest {
    private static final ColumnType LOCAL = new ColumnType.Timestamp(ColumnType.Zone.LOCAL);
    private static final ColumnType INSTANT = new ColumnType.Timestamp(ColumnType.Zone.INSTANT);

    @ParameterizedTest
    @CsvSource({
        "2, -32768",
        "2, 32767",
        "2, 0",
        "4, -2147483648",
        "4, 2147483647",
        "8, 999999999999999999",
        "8, -999999999999999999",
        "8, 7"
    })
    void decodesIntegers(int bytes, long value) {
        assertThat(decode(new ColumnType.Int(bytes), "", Long.toString(value))
                        .longs(0)
                        .get(0))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 32768",
        "2, -32769",
        "4, 2147483648",
        "8, 9223372036854775807",
        "8, 1.0",
        "8, ''",
        "8, -",
        "8, 0x1",
        "8, 1e3"
    })
    void leavesOtherIntegers(int bytes, String text) {
        assertLeft(new ColumnType.Int(bytes), "", text);
    }

    /** The slow path says why it refuses them. */
    @ParameterizedTest
    @ValueSource(strings = {"1582-10-05", "1582-10-14"})
    void leavesTheDaysThatReadersByJdbcDoNotHave(String day) {
        assertLeft(new ColumnType.Date(), "date", day);
        assertLeft(LOCAL, "timestamp", day + " 12:00:00");
        assertLeft(INSTANT, "timestamptz", day + " 12:00:00+00");
    }

    @Test
    void decodesBooleans() {
        assertThat(decode(new ColumnType.Bool(), "", "t").longs(0).get(0)).isEqualTo(1);
        assertThat(decode(new ColumnType.Bool(), "", "f").longs(0).get(0)).isZero();
        assertLeft(new ColumnType.Bool(), "", "true");
        assertLeft(new ColumnType.Bool(), "", "1");
    }

    @Test
    void roundsFloatingPointNumbersAsJavaDoes() {
        Random random = new Random(2);
        for (int i = 0; i < 30_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertDouble(postgres(Double.toString(value)));
            }
            assertDouble(Long.toString(random.nextLong()));
            assertDouble(random.nextInt(100_000) + "." + random.nextInt(100_000) + "e-" + random.nextInt(30));
            assertDouble(random.nextInt() + "e+" + random.nextInt(30));
            float narrow = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(narrow)) {
                assertFloat(postgres(Float.toString(narrow)));
            }
            assertFloat(random.nextInt(20_000_000) + "." + random.nextInt(10));
            assertFloat(random.nextInt(20_000_000) + "e-" + random.nextInt(12));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NaN", "Infinity", "-Infinity", "", "-", ".", "1.2.3", "1e", "1e+", "1e9999", "0x1p3", "1d", " 1"
            })
    void leavesWhatIsNoFiniteNumber(String text) {
        assertLeft(new ColumnType.FloatingPoint(8), "float8", text);
        assertLeft(new ColumnType.FloatingPoint(4), "float4", text);
    }

    @Test
    void keepsARealNumberRealInDoublePrecision() {
        assertThat(decode(new ColumnType.FloatingPoint(8), "float4", "0.1")
                        .doubles(0)
                        .get(0))
                .isEqualTo(0.1f);
        assertLeft(new ColumnType.FloatingPoint(8), "numeric", "0.1");
    }

    @Test
    void decodesDecimalsOfEveryPrecisionAndScale() {
        Random random = new Random(3);
        for (int precision = 1; precision <= 38; precision++) {
            for (int scale = 0; scale <= Math.min(precision, 37); scale++) {
                ColumnType.Decimal type = new ColumnType.Decimal(precision, scale);
                BigInteger most = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
                assertDecimal(type, new BigDecimal(most, scale).toPlainString());
                assertDecimal(type, new BigDecimal(most.negate(), scale).toPlainString());
                assertDecimal(type, "0");
                for (int i = 0; i < 20; i++) {
                    BigInteger unscaled = new BigInteger(random.nextInt(127), random).mod(most);
                    BigDecimal value = new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
                    assertDecimal(type, value.toPlainString());
                    assertDecimal(
                            type,
                            value.signum() == 0
                                    ? "0"
                                    : value.stripTrailingZeros().toPlainString());
                }
                assertLeft(type, "numeric", new BigDecimal(most.add(BigInteger.ONE), scale).toPlainString());
                assertLeft(type, "numeric", "0." + "0".repeat(scale) + "1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "", "-", ".", "1.2.3", "1e2", "$1.00", "1,000"})
    void leavesWhatIsNoDecimal(String text) {
        assertLeft(new ColumnType.Decimal(18, 2), "numeric", text);
        assertLeft(new ColumnType.Decimal(38, 2), "numeric", text);
    }

    @Test
    void decodesEveryDayOfTheYears1To9999() {
        LocalDate last = LocalDate.of(9999, 12, 31);
        for (LocalDate day = LocalDate.of(1, 1, 1); !day.isAfter(last); day = day.plusDays(1)) {
            byte[] text = day.toString().getBytes(StandardCharsets.US_ASCII);
            if (IsoTime.days(text, 0, text.length) != day.toEpochDay()) {
                assertThat(IsoTime.days(text, 0, text.length))
                        .as(day.toString())
                        .isEqualTo(day.toEpochDay());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "infinity", "-infinity", "0001-01-01 BC", "10000-01-01", "0000-01-01", "2023-02-29", "1900-02-29",
                        "2024-13-01",
                "2024-00-10", "2024-01-32", "2024-01-00", "2024/01/01", "01-02-2024", "2024-1-011", "",
                        "2024-01-01 00:00:00"
            })
    void leavesOtherDays(String text) {
        assertLeft(new ColumnType.Date(), "date", text);
    }

    @Test
    void decodesTimeStamps() {
        Random random = new Random(4);
        DateTimeFormatter second = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
        for (int i = 0; i < 30_000; i++) {
            LocalDateTime time = LocalDateTime.of(1, 1, 1, 0, 0)
                    .plusSeconds((long) (random.nextDouble() * 315_537_897_600L))
                    .plus(random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000), ChronoUnit.MICROS);
            String fraction = DateTimeFormatter.ofPattern(".SSSSSS", Locale.ROOT)
                    .format(time)
                    .replaceAll("\\.?0+$", "");
            assertThat(decode(LOCAL, "timestamp", second.format(time) + fraction)
                            .longs(0)
                            .get(0))
                    .isEqualTo(ExactValues.micros(time));
            ZoneOffset zone = ZoneOffset.ofTotalSeconds(random.nextInt(2 * 15 * 3600) - 15 * 3600);
            OffsetDateTime instant = time.atOffset(zone);
            int year = instant.toInstant().atOffset(ZoneOffset.UTC).getYear();
            String text = second.format(time)
                    + fraction
                    + zone.getId().replace("Z", "+00").replaceAll("(:00)+$", "");
            if (year >= 1 && year <= 9999) {
                assertThat(decode(INSTANT, "timestamptz", text).longs(0).get(0))
                        .as(text)
                        .isEqualTo(ExactValues.micros(instant));
            } else {
                assertLeft(INSTANT, "timestamptz", text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "infinity",
                "2024-01-01",
                "2024-01-01 00:00",
                "2024-01-01T00:00:00",
                "2024-01-01 24:00:00",
                "2024-01-01 23:60:00",
                "2024-01-01 23:59:60",
                "2024-01-01 00:00:00.",
                "2024-01-01 00:00:00.1234567",
                "2024-01-01 00:00:00 BC",
                "10000-01-01 00:00:00",
                "2024-01-01 00:00:00.12x",
                ""
            })
    void leavesOtherTimeStamps(String text) {
        assertLeft(LOCAL, "timestamp", text);
        assertLeft(INSTANT, "timestamptz", text);
        assertLeft(INSTANT, "timestamptz", text + "+00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-01 00:00:00+1", "2024-01-01 00:00:00+01:2", "2024-01-01 00:00:00+01:02:03:04",
                        "2024-01-01 00:00:00+",
                "2024-01-01 00:00:00+00 BC", "0001-01-01 00:00:00+01", "9999-12-31 23:59:59-01",
                        "2024-01-01 00:00:00 UTC"
            })
    void leavesOtherInstants(String text) {
        assertLeft(INSTANT, "timestamptz", text);
    }

    @Test
    void decodesTextThatFits() {
        assertThat(decode(new ColumnType.Text(9), "text", "aé☃\0x".replace("\0", ""))
                        .bytes(0)
                        .text(0))
                .isEqualTo("aé☃x");
        assertThat(decode(new ColumnType.Text(1), "text", "").bytes(0).length(0))
                .isZero();
        assertLeft(new ColumnType.Text(3), "text", "éé");
    }

    @Test
    void decodesBinary() {
        Batch batch = decode(new ColumnType.Binary(3), "bytea", "\\x00fFA7");
        assertThat(batch.bytes(0).data()).startsWith(0, 0xFF, 0xA7);
        assertThat(batch.bytes(0).length(0)).isEqualTo(3);
        assertThat(decode(new ColumnType.Binary(1), "bytea", "\\x").bytes(0).length(0))
                .isZero();
        for (String text : List.of("\\x0", "\\x0g", "\\xg0", "", "\\000", "abcd", "\\x00000000", "\\xé")) {
            assertLeft(new ColumnType.Binary(3), "bytea", text);
        }
    }

    @Test
    void leavesEveryValueOfSuper() {
        assertLeft(new ColumnType.Super(), "jsonb", "{}");
    }

    /** As PostgreSQL writes it: a small e, a sign, and no fraction of a single zero. */
    private static String postgres(String java) {
        return java.replaceAll("E(\\d)", "e+$1").replace("E", "e").replace(".0e", "e");
    }

    private static void assertDouble(String text) {
        double value = decode(new ColumnType.FloatingPoint(8), "float8", text)
                .doubles(0)
                .get(0);
        if (Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(Double.parseDouble(text))) {
            throw new AssertionError(text + " became " + value);
        }
    }

    private static void assertFloat(String text) {
        double value = decode(new ColumnType.FloatingPoint(4), "float4", text)
                .doubles(0)
                .get(0);
        if (Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(Float.parseFloat(text))) {
            throw new AssertionError(text + " became " + value);
        }
    }

    private static void assertDecimal(ColumnType.Decimal type, String text) {
        Batch expected = batch(type);
        ExactValues.setDecimal(new BigDecimal(text), type, expected.vector(0), 0);
        Batch decoded = decode(type, "numeric", text);
        if (type.fitsLong()) {
            assertThat(decoded.longs(0).get(0))
                    .as(type + " " + text)
                    .isEqualTo(expected.longs(0).get(0));
        } else {
            assertThat(decoded.decimals(0).get(0))
                    .as(type + " " + text)
                    .isEqualTo(expected.decimals(0).get(0));
        }
    }

    private static Batch decode(ColumnType type, String source, String text) {
        Batch batch = batch(type);
        assertThat(into(batch, type, source, text)).as(type + " " + text).isTrue();
        return batch;
    }

    private static void assertLeft(ColumnType type, String source, String text) {
        assertThat(into(batch(type), type, source, text)).as(type + " " + text).isFalse();
    }

    /** Decodes a text that stands between others. */
    private static boolean into(Batch batch, ColumnType type, String source, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] line = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
        return Cells.of(type, source).decode(line, 1, 1 + bytes.length, batch.vector(0), 0);
    }

    private static Batch batch(ColumnType type) {
        return new Batch(new Columns(List.of(new Column("c", type, true))), 1);
    }
}
