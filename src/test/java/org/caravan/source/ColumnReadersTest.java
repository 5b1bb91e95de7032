package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.SourceColumn;
import org.caravan.schema.ValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnReadersTest {
    private static final ColumnType DATE = new ColumnType.Date();
    private static final ColumnType LOCAL = new ColumnType.Timestamp(ColumnType.Zone.LOCAL);
    private static final ColumnType INSTANT = new ColumnType.Timestamp(ColumnType.Zone.INSTANT);

    private static final ColumnOverride OR_NULL =
            new ColumnOverride(Optional.empty(), Optional.empty(), OverflowRule.NULL, NulRule.FAIL);

    private final List<String> altered = new ArrayList<>();

    static Stream<Arguments> longs() {
        return Stream.of(
                arguments(new ColumnType.Bool(), true, 1L),
                arguments(new ColumnType.Bool(), false, 0L),
                arguments(new ColumnType.Int(2), (int) Short.MIN_VALUE, -32768L),
                arguments(new ColumnType.Int(4), Integer.MAX_VALUE, 2147483647L),
                arguments(new ColumnType.Int(8), Long.MIN_VALUE, Long.MIN_VALUE),
                arguments(DATE, LocalDate.of(1, 1, 1), -719162L),
                arguments(DATE, LocalDate.of(1969, 12, 31), -1L),
                arguments(DATE, LocalDate.of(9999, 12, 31), 2932896L),
                arguments(LOCAL, LocalDateTime.of(1970, 1, 1, 0, 0, 0, 1000), 1L),
                arguments(LOCAL, LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000), -1L),
                arguments(LOCAL, LocalDateTime.of(1, 1, 1, 0, 0), -62135596800000000L),
                arguments(LOCAL, LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000), 253402300799999999L),
                arguments(INSTANT, OffsetDateTime.of(1970, 1, 1, 2, 0, 0, 0, ZoneOffset.ofHours(2)), 0L),
                arguments(
                        INSTANT,
                        OffsetDateTime.of(2024, 2, 29, 23, 0, 0, 123_456_000, ZoneOffset.ofHours(-5)),
                        1709265600123456L));
    }

    @ParameterizedTest
    @MethodSource("longs")
    void readsNumbersDaysAndMicroseconds(ColumnType type, Object value, long stored) throws SQLException {
        assertThat(read(type, value).longs(0).get(0)).isEqualTo(stored);
    }

    @Test
    void readsFloatingPointNumbersBitByBit() throws SQLException {
        for (double value : new double[] {0.1, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE}) {
            assertThat(read(new ColumnType.FloatingPoint(8), value).doubles(0).get(0))
                    .isEqualTo(Double.valueOf(value));
        }
        assertThat(read(new ColumnType.FloatingPoint(4), 0.1f).doubles(0).get(0))
                .isEqualTo(0.1f);
    }

    @ParameterizedTest
    @CsvSource({
        // Drivers give more scale or less than the type declares; the value counts.
        "12.30, 5, 2, 1230",
        "12.3, 5, 2, 1230",
        "12.3000, 5, 2, 1230",
        "1E+2, 5, 2, 10000",
        "-999.99, 5, 2, -99999",
        "0, 1, 1, 0",
        "0E+10, 5, 0, 0",
        "0.0000000, 5, 0, 0",
        "999999999999999999, 18, 0, 999999999999999999",
        "-0.999999999999999999, 18, 18, -999999999999999999"
    })
    void readsDecimalsAtTheirDeclaredScale(BigDecimal value, int precision, int scale, long unscaled)
            throws SQLException {
        assertThat(read(new ColumnType.Decimal(precision, scale), value)
                        .longs(0)
                        .get(0))
                .isEqualTo(unscaled);
    }

    @ParameterizedTest
    @CsvSource({
        "99999999999999999999999999999999999999, 0",
        "-99999999999999999999999999999999999999, 0",
        "9.9999999999999999999999999999999999999, 37",
        "-9999999999999999999.9999999999999999999, 19"
    })
    void readsTheWidestDecimals(BigDecimal value, int scale) throws SQLException {
        BigInteger nines = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);

        assertThat(read(new ColumnType.Decimal(38, scale), value).decimals(0).get(0))
                .isEqualTo(value.signum() < 0 ? nines.negate() : nines);
    }

    @ParameterizedTest
    @CsvSource({
        "1.001, 5, 2, 'is 1.001, with 3 fractional digits, more than the 2 of its type decimal(5,2)'",
        "1000, 5, 2, 'is 1000, with 6 digits at scale 2, more than the 5 of its type decimal(5,2)'",
        "1E+3, 5, 2, 'is 1000, with 6 digits at scale 2, more than the 5 of its type decimal(5,2)'",
        "-1000.00, 5, 2, 'is -1000.00, with 6 digits at scale 2, more than the 5 of its type decimal(5,2)'",
        "100000000000000000000000000000000000000, 38, 0, 'is 100000000000000000000000000000000000000, with 39 digits'",
        "1E-38, 38, 37, 'with 38 fractional digits, more than the 37 of its type decimal(38,37)'"
    })
    void refusesDecimalsThatDoNotFit(BigDecimal value, int precision, int scale, String message) {
        assertThatThrownBy(() -> read(new ColumnType.Decimal(precision, scale), value))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> otherYears() {
        return Stream.of(
                arguments(DATE, LocalDate.of(0, 12, 31), 0),
                arguments(DATE, LocalDate.of(10_000, 1, 1), 10_000),
                arguments(DATE, LocalDate.MAX, 999_999_999),
                arguments(DATE, LocalDate.MIN, -999_999_999),
                arguments(LOCAL, LocalDateTime.of(0, 12, 31, 23, 59), 0),
                arguments(LOCAL, LocalDateTime.of(10_000, 1, 1, 0, 0), 10_000),
                arguments(LOCAL, LocalDateTime.MAX, 999_999_999),
                arguments(LOCAL, LocalDateTime.MIN, -999_999_999),
                arguments(INSTANT, OffsetDateTime.MAX, 999_999_999),
                arguments(INSTANT, OffsetDateTime.MIN, -999_999_999),
                // In the years 1 and 9999 where they were written, but not in UTC, which is what is stored.
                arguments(INSTANT, OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(14)), 0),
                arguments(INSTANT, OffsetDateTime.of(9999, 12, 31, 23, 0, 0, 0, ZoneOffset.ofHours(-2)), 10_000));
    }

    @ParameterizedTest
    @MethodSource("otherYears")
    void refusesYearsThatNotEverySystemHolds(ColumnType type, Object value, int year) {
        assertThatThrownBy(() -> read(type, value))
                .isInstanceOf(ValueException.class)
                .hasMessage((year == Year.MAX_VALUE
                                ? "is infinity"
                                : year == Year.MIN_VALUE ? "is -infinity" : "is in the year " + year)
                        + ", outside the years 1 to 9999 that every system on the way agrees on");
    }

    static Stream<Arguments> nanoseconds() {
        return Stream.of(
                arguments(LOCAL, LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1), 1),
                arguments(LOCAL, LocalDateTime.of(1900, 1, 1, 0, 0, 0, 999_999_999), 999_999_999),
                arguments(INSTANT, OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 1001, ZoneOffset.UTC), 1001));
    }

    @ParameterizedTest
    @MethodSource("nanoseconds")
    void refusesTimesFinerThanMicroseconds(ColumnType type, Object value, int nanos) {
        assertThatThrownBy(() -> read(type, value))
                .isInstanceOf(ValueException.class)
                .hasMessage("has a time of " + nanos + " ns, finer than the microseconds that Redshift keeps");
    }

    @Test
    void refusesTextThatCannotBeCarried() {
        assertThatThrownBy(() -> read(new ColumnType.Text(4), "abcde"))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("has 5 bytes in UTF-8");
    }

    static Stream<ColumnType> types() {
        return Stream.of(
                new ColumnType.Bool(),
                new ColumnType.Int(2),
                new ColumnType.Int(8),
                new ColumnType.FloatingPoint(4),
                new ColumnType.FloatingPoint(8),
                new ColumnType.Decimal(18, 2),
                new ColumnType.Decimal(38, 2),
                new ColumnType.Text(10),
                DATE,
                LOCAL,
                INSTANT);
    }

    @ParameterizedTest
    @MethodSource("types")
    void readsNull(ColumnType type) throws SQLException {
        assertThat(read(type, Optional.empty()).vector(0).isNull(0)).isTrue();
    }

    static Stream<Arguments> conversions() {
        return Stream.of(
                arguments(Reading.INT, new ColumnType.Int(2), -32768, -32768L),
                arguments(Reading.INT, new ColumnType.Int(8), Integer.MIN_VALUE, -2147483648L),
                arguments(Reading.LONG, new ColumnType.Int(2), 32767L, 32767L),
                arguments(Reading.LONG, new ColumnType.Int(4), 2147483647L, 2147483647L),
                arguments(Reading.LONG, new ColumnType.Decimal(5, 2), -999L, -99900L),
                arguments(Reading.INT, new ColumnType.Decimal(5, 0), 99999, 99999L),
                arguments(
                        Reading.DECIMAL, new ColumnType.Int(8), new BigDecimal("-9223372036854775808"), Long.MIN_VALUE),
                arguments(Reading.DECIMAL, new ColumnType.Int(2), new BigDecimal("7.000"), 7L),
                arguments(Reading.ZERO_OR_ONE, new ColumnType.Bool(), 1L, 1L),
                arguments(Reading.ZERO_OR_ONE, new ColumnType.Int(2), 127L, 127L),
                arguments(Reading.DATE, LOCAL, LocalDate.of(1970, 1, 2), 86_400_000_000L),
                arguments(Reading.LOCAL, DATE, LocalDateTime.of(1969, 12, 31, 0, 0), -1L),
                arguments(Reading.OLD_DATE, DATE, java.sql.Date.valueOf("1582-10-15"), -141427L),
                arguments(Reading.OLD_LOCAL, LOCAL, Timestamp.valueOf("1970-01-01 00:00:00.000001"), 1L),
                arguments(Reading.OLD_INSTANT, INSTANT, new Timestamp(-1), -1000L));
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @MethodSource("conversions")
    void readsExactlyWhatTheRouteWantsInstead(Reading reading, ColumnType type, Object value, long stored)
            throws SQLException {
        assertThat(reading.reads(type)).isTrue();
        assertThat(read(reading, type, ColumnOverride.NONE, value).longs(0).get(0))
                .isEqualTo(stored);
        assertThat(read(reading, type, ColumnOverride.NONE, Optional.empty())
                        .vector(0)
                        .isNull(0))
                .isTrue();
    }

    static Stream<Arguments> inexact() {
        return Stream.of(
                arguments(
                        Reading.INT,
                        new ColumnType.Int(2),
                        32768,
                        "is 32768, outside -32768 to 32767 of its type smallint"),
                arguments(Reading.LONG, new ColumnType.Int(4), -2147483649L, "outside -2147483648 to 2147483647"),
                arguments(Reading.LONG, new ColumnType.Decimal(3, 1), 100L, "with 4 digits at scale 1"),
                arguments(
                        Reading.DECIMAL,
                        new ColumnType.Int(2),
                        new BigDecimal("1.5"),
                        "is 1.5, which is no whole number"),
                arguments(
                        Reading.DECIMAL,
                        new ColumnType.Int(8),
                        new BigDecimal("9223372036854775808"),
                        "is 9223372036854775808, outside -9223372036854775808 to 9223372036854775807"),
                arguments(Reading.ZERO_OR_ONE, new ColumnType.Bool(), 2L, "is 2, neither 0 nor 1"),
                arguments(
                        Reading.LOCAL,
                        DATE,
                        LocalDateTime.of(2024, 1, 1, 0, 0, 1),
                        "is 2024-01-01T00:00:01, not midnight"),
                arguments(Reading.LOCAL, DATE, LocalDateTime.MAX, "is infinity"),
                arguments(Reading.OLD_DATE, DATE, java.sql.Date.valueOf("1582-10-04"), "is before 1582-10-15"),
                arguments(Reading.OLD_LOCAL, LOCAL, Timestamp.valueOf("0001-01-01 00:00:00"), "is before 1582-10-15"),
                arguments(
                        Reading.BYTES,
                        new ColumnType.Binary(2),
                        new byte[3],
                        "has 3 bytes, more than the 2 of its column"),
                arguments(Reading.TEXT, new ColumnType.Super(), "{\"a\":", "is no JSON: "),
                arguments(Reading.TEXT, new ColumnType.Super(), "{} {}", "is more than one JSON value"),
                arguments(Reading.TEXT, new ColumnType.Super(), " ", "is blank, which is no JSON"),
                arguments(
                        Reading.TEXT,
                        new ColumnType.Super(),
                        '"' + "x".repeat(65_534) + '"',
                        "has 65536 bytes in UTF-8, more than the 65535 of its column"));
    }

    @ParameterizedTest(name = "{0} as {1}: {3}")
    @MethodSource("inexact")
    void refusesWhatWouldChangeOrMakesItNullIfAsked(Reading reading, ColumnType type, Object value, String message)
            throws SQLException {
        assertThatThrownBy(() -> read(reading, type, ColumnOverride.NONE, value))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining(message);
        assertThat(altered).isEmpty();

        assertThat(read(reading, type, OR_NULL, value).vector(0).isNull(0)).isTrue();
        assertThat(altered).containsExactly("c onOverflow=null");
    }

    @Test
    void readsBinaryByteByByte() throws SQLException {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        Batch batch = read(Reading.BYTES, new ColumnType.Binary(256), ColumnOverride.NONE, all);

        assertThat(Arrays.copyOf(batch.bytes(0).data(), batch.bytes(0).length(0)))
                .isEqualTo(all);
        assertThat(read(Reading.BYTES, new ColumnType.Binary(1), ColumnOverride.NONE, new byte[0])
                        .bytes(0)
                        .length(0))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1e-400", "\"😀\"", "{ \"b\" : 1,\n \"a\":[] }"})
    void readsJsonForSuperAsItsText(String json) throws SQLException {
        assertThat(read(Reading.TEXT, new ColumnType.Super(), ColumnOverride.NONE, json)
                        .bytes(0)
                        .text(0))
                .isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void refusesNumbersThatNoDecimalHolds(String text) throws SQLException {
        ResultSet rows = failing("getBigDecimal", text);

        for (ColumnType type : List.of(new ColumnType.Decimal(38, 2), new ColumnType.Int(8))) {
            assertThatThrownBy(() -> read(Reading.DECIMAL, type, ColumnOverride.NONE, rows))
                    .isInstanceOf(ValueException.class)
                    .hasMessage("is " + text + ", which no decimal and no integer holds");
            assertThat(read(Reading.DECIMAL, type, OR_NULL, rows).vector(0).isNull(0))
                    .isTrue();
        }
    }

    @Test
    void passesOtherErrorsOfTheDriverOn() {
        assertThatThrownBy(() ->
                        read(Reading.DECIMAL, new ColumnType.Decimal(38, 2), OR_NULL, failing("getBigDecimal", "12x")))
                .isInstanceOf(SQLException.class)
                .hasMessage("getBigDecimal");
    }

    /** A column read by the getter that its type has by nature. */
    private Batch read(ColumnType type, Object value) throws SQLException {
        return read(natural(type), type, ColumnOverride.NONE, value);
    }

    /** One row of one column, read as from a driver whose getters give this value, or NULL. */
    private Batch read(Reading reading, ColumnType type, ColumnOverride override, Object value) throws SQLException {
        Column column = new Column("c", type, true);
        ReadColumn read = new ReadColumn(
                new SourceColumn("C", "type", column, Optional.empty(), Optional.empty()), reading, override);
        Batch batch = new Batch(new Columns(List.of(column)), 1);
        ResultSet rows = value instanceof ResultSet given ? given : resultSet(value);
        ColumnReaders.of(read, 1, (name, rule) -> altered.add(name + " " + rule))
                .read(rows, batch.vector(0), 0);
        return batch;
    }

    private static Reading natural(ColumnType type) {
        if (type instanceof ColumnType.Int integer) {
            return integer.bytes() == 8 ? Reading.LONG : Reading.INT;
        }
        if (type instanceof ColumnType.FloatingPoint floating) {
            return floating.bytes() == 4 ? Reading.FLOAT : Reading.DOUBLE;
        }
        return Stream.of(Reading.BOOLEAN, Reading.DECIMAL, Reading.TEXT, Reading.BYTES, Reading.DATE, Reading.INSTANT)
                .filter(reading -> reading.reads(type)
                        && (reading != Reading.DECIMAL || type instanceof ColumnType.Decimal)
                        && (!(type instanceof ColumnType.Text) || reading == Reading.TEXT)
                        && (reading != Reading.DATE || type instanceof ColumnType.Date))
                .findFirst()
                .orElse(Reading.LOCAL);
    }

    /** A driver of which one getter fails and the others give a text. */
    private static ResultSet failing(String getter, String text) {
        return (ResultSet) Proxy.newProxyInstance(
                ColumnReadersTest.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals(getter)) {
                        throw new SQLException(getter);
                    }
                    return text;
                });
    }

    private static ResultSet resultSet(Object value) {
        boolean isNull = value instanceof Optional;
        return (ResultSet) Proxy.newProxyInstance(
                ColumnReadersTest.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("wasNull")) {
                        return isNull;
                    }
                    if (!isNull) {
                        return value;
                    }
                    // A JDBC getter of a primitive gives 0 or false for NULL.
                    Class<?> type = method.getReturnType();
                    if (type == boolean.class) {
                        return false;
                    }
                    return type.isPrimitive() ? zero(type) : null;
                });
    }

    private static Object zero(Class<?> type) {
        return switch (type.getName()) {
            case "int" -> (Object) 0;
            case "long" -> (Object) 0L;
            case "float" -> (Object) 0f;
            default -> (Object) 0d;
        };
    }
}
