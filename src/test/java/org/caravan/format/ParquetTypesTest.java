package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.MethodSource;

class ParquetTypesTest {
    private static final BigInteger NINES = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);

    @TempDir
    Path directory;

    /** A type, how the file declares it (physical, length, converted, logical), values and what DuckDB reads of them. */
    record Mapping(ColumnType type, String declared, List<Object> values, List<String> read) {
        @Override
        public String toString() {
            return type.toString();
        }
    }

    static Stream<Mapping> mappings() {
        return Stream.of(
                new Mapping(new Bool(), "BOOLEAN|NULL|NULL|NULL", List.of(0L, 1L), List.of("false", "true")),
                new Mapping(
                        new Int(2),
                        "INT32|NULL|NULL|NULL",
                        List.of(-32768L, 0L, 32767L),
                        List.of("-32768", "0", "32767")),
                new Mapping(
                        new Int(4),
                        "INT32|NULL|NULL|NULL",
                        List.of((long) Integer.MIN_VALUE, 7L, (long) Integer.MAX_VALUE),
                        List.of("-2147483648", "7", "2147483647")),
                new Mapping(
                        new Int(8),
                        "INT64|NULL|NULL|NULL",
                        List.of(Long.MIN_VALUE, -1L, Long.MAX_VALUE),
                        List.of("-9223372036854775808", "-1", "9223372036854775807")),
                new Mapping(
                        new FloatingPoint(4),
                        "FLOAT|NULL|NULL|NULL",
                        List.of(
                                (double) Float.MAX_VALUE,
                                (double) Float.MIN_VALUE,
                                -0.0,
                                Double.NaN,
                                Double.NEGATIVE_INFINITY),
                        List.of("3.4028235e+38", "1e-45", "-0.0", "nan", "-inf")),
                new Mapping(
                        new FloatingPoint(8),
                        "DOUBLE|NULL|NULL|NULL",
                        List.of(Double.MAX_VALUE, Double.MIN_VALUE, -0.0, 0.1, Double.NaN, Double.POSITIVE_INFINITY),
                        List.of("1.7976931348623157e+308", "5e-324", "-0.0", "0.1", "nan", "inf")),
                new Mapping(
                        new Decimal(9, 2),
                        "INT64|NULL|DECIMAL|DecimalType(scale=2, precision=9)",
                        List.of(-999_999_999L, 0L, 1L, 999_999_999L),
                        List.of("-9999999.99", "0.00", "0.01", "9999999.99")),
                new Mapping(
                        new Decimal(18, 18),
                        "INT64|NULL|DECIMAL|DecimalType(scale=18, precision=18)",
                        List.of(-999_999_999_999_999_999L, 1L, 999_999_999_999_999_999L),
                        List.of("-.999999999999999999", ".000000000000000001", ".999999999999999999")),
                new Mapping(
                        new Decimal(19, 0),
                        "FIXED_LEN_BYTE_ARRAY|16|DECIMAL|DecimalType(scale=0, precision=19)",
                        List.of(BigInteger.valueOf(Long.MIN_VALUE), BigInteger.ONE.negate(), BigInteger.ZERO),
                        List.of("-9223372036854775808", "-1", "0")),
                new Mapping(
                        new Decimal(38, 10),
                        "FIXED_LEN_BYTE_ARRAY|16|DECIMAL|DecimalType(scale=10, precision=38)",
                        List.of(NINES.negate(), BigInteger.TWO.pow(64), NINES),
                        List.of(
                                "-9999999999999999999999999999.9999999999",
                                "1844674407.3709551616",
                                "9999999999999999999999999999.9999999999")),
                new Mapping(
                        new Decimal(38, 37),
                        "FIXED_LEN_BYTE_ARRAY|16|DECIMAL|DecimalType(scale=37, precision=38)",
                        List.of(NINES.negate(), BigInteger.ONE),
                        List.of("-9.9999999999999999999999999999999999999", "0.0000000000000000000000000000000000001")),
                new Mapping(
                        new Text(65_535),
                        "BYTE_ARRAY|NULL|UTF8|StringType()",
                        List.of("", " ", "NULL", "Zürich 漢字 🐫", "x".repeat(65_535)),
                        List.of("", " ", "NULL", "Zürich 漢字 🐫", "x".repeat(65_535))),
                new Mapping(
                        new Date(),
                        "INT32|NULL|DATE|DateType()",
                        List.of(-719_162L, -1L, 0L, 2_932_896L),
                        List.of("0001-01-01", "1969-12-31", "1970-01-01", "9999-12-31")),
                new Mapping(
                        new Timestamp(Zone.LOCAL),
                        "INT64|NULL|TIMESTAMP_MICROS|TimestampType(isAdjustedToUTC=0, unit=TimeUnit(MILLIS=<null>, "
                                + "MICROS=MicroSeconds(), NANOS=<null>))",
                        List.of(-62_135_596_800_000_000L, -1L, 253_402_300_799_999_999L),
                        List.of("0001-01-01 00:00:00", "1969-12-31 23:59:59.999999", "9999-12-31 23:59:59.999999")),
                new Mapping(
                        new Timestamp(Zone.INSTANT),
                        "INT64|NULL|TIMESTAMP_MICROS|TimestampType(isAdjustedToUTC=1, unit=TimeUnit(MILLIS=<null>, "
                                + "MICROS=MicroSeconds(), NANOS=<null>))",
                        List.of(0L, 1_700_000_000_123_456L),
                        List.of("1970-01-01 09:00:00+09", "2023-11-15 07:13:20.123456+09")));
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void isDeclaredAsCopyDemands(Mapping mapping) throws IOException, SQLException {
        Path file = write(Rows.of("v", mapping.type(), mapping.values().toArray()));

        try (DuckDb duckDb = new DuckDb()) {
            String declared = duckDb.value(
                    file,
                    "SELECT concat_ws('|', type, coalesce(type_length, 'NULL'), coalesce(converted_type, 'NULL'),"
                            + " coalesce(logical_type, 'NULL')) FROM parquet_schema($file) WHERE name = 'v'");
            assertThat(declared).isEqualTo(mapping.declared());
        }
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void isReadBackUnchanged(Mapping mapping) throws IOException, SQLException {
        List<Object> values = new ArrayList<>(mapping.values());
        List<Optional<String>> expected =
                new ArrayList<>(mapping.read().stream().map(Optional::of).toList());
        values.add(1, null);
        expected.add(1, Optional.empty());
        Path file = write(new Rows().and("v", mapping.type(), values));

        try (DuckDb duckDb = new DuckDb()) {
            assertThat(duckDb.column(file, "SELECT v::VARCHAR FROM read_parquet($file)"))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void staysNullInAllRows(Mapping mapping) throws IOException, SQLException {
        Path file = write(new Rows().and("v", mapping.type(), Collections.nCopies(100, null)));

        try (DuckDb duckDb = new DuckDb()) {
            assertThat(duckDb.query(file, "SELECT count(*), count(v) FROM read_parquet($file)"))
                    .containsExactly(List.of(Optional.of("100"), Optional.of("0")));
            assertThat(duckDb.query(file, "SELECT stats_null_count, stats_min_value FROM parquet_metadata($file)"))
                    .containsExactly(List.of(Optional.of("100"), Optional.empty()));
        }
    }

    static Stream<Mapping> refusals() {
        return Stream.of(
                new Mapping(new Bool(), "", List.of(2L), List.of("boolean", "2", "0 or 1")),
                new Mapping(new Int(2), "", List.of(40_000L), List.of("smallint", "40000", "-32768 to 32767")),
                new Mapping(new Int(4), "", List.of(1L << 31), List.of("integer", "2147483648", "2147483647")),
                new Mapping(new Date(), "", List.of(1L << 40), List.of("date", "1099511627776")),
                new Mapping(new Decimal(5, 2), "", List.of(-100_000L), List.of("decimal(5,2)", "-100000", "99999")),
                new Mapping(
                        new Decimal(38, 0),
                        "",
                        List.of(NINES.add(BigInteger.ONE)),
                        List.of("decimal(38,0)", "1" + "0".repeat(38))),
                new Mapping(
                        new Decimal(20, 0),
                        "",
                        List.of(BigInteger.TWO.pow(127).negate()),
                        List.of("decimal(20,0)", "-1701")),
                new Mapping(new FloatingPoint(4), "", List.of(0.1), List.of("real", "0.1")),
                new Mapping(new Text(3), "", List.of("four"), List.of("4 bytes", "3 bytes")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesAValueThatTheTypeDoesNotAllow(Mapping mapping) {
        List<Object> values = new ArrayList<>(mapping.values());
        values.add(0, null);

        assertThatThrownBy(() -> write(new Rows().and("amount", mapping.type(), values)))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("'amount'", "row 2")
                .hasMessageContainingAll(mapping.read().toArray(CharSequence[]::new));
    }

    @Test
    void keepsItsPlaceAfterARefusalByRefusingToFinish() throws IOException {
        Rows rows = Rows.of("v", new Int(2), 1L << 20);
        try (ParquetEncoder encoder =
                new ParquetEncoder(rows.columns(), ParquetOptions.defaults(), OutputStream.nullOutputStream())) {
            assertThatThrownBy(() -> encoder.write(rows.batch())).isInstanceOf(FormatException.class);

            assertThatThrownBy(encoder::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("FAILED");
        }
    }

    private Path write(Rows rows) throws IOException {
        return ParquetFile.write(directory.resolve("types.parquet"), ParquetOptions.defaults(), rows);
    }
}
