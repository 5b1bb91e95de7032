package org.caravan.verify.digest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.schema.ColumnType;

/** For each type the values that tend to go wrong, NULL always among them; empty is NULL. */
public final class Awkward {
    private Awkward() {}

    public static Map<ColumnType, List<Optional<Object>>> values() {
        Map<ColumnType, List<Optional<Object>>> values = new LinkedHashMap<>();
        values.put(new ColumnType.Bool(), cells(BigDecimal.ZERO, BigDecimal.ONE));
        for (int bytes : new int[] {2, 4, 8}) {
            values.put(new ColumnType.Int(bytes), integers(bytes));
        }
        for (int[] type : new int[][] {
            {1, 0}, {5, 5}, {9, 0}, {10, 0}, {12, 2}, {18, 0}, {18, 9}, {18, 10}, {18, 18}, {19, 0}, {19, 2}, {20, 19},
            {27, 9}, {28, 9}, {37, 37}, {38, 0}, {38, 1}, {38, 10}, {38, 18}, {38, 19}, {38, 27}, {38, 36}, {38, 37}
        }) {
            values.put(new ColumnType.Decimal(type[0], type[1]), decimals(type[0], type[1]));
        }
        values.put(new ColumnType.FloatingPoint(4), reals());
        values.put(new ColumnType.FloatingPoint(8), doubles());
        values.put(new ColumnType.Text(65_535), texts());
        values.put(
                new ColumnType.Binary(32_767),
                cells("", "00", "0000", "ff", "61", "00ff", "7e".repeat(32), "7e".repeat(33)));
        values.put(new ColumnType.Binary(64_000), binaries(64_000));
        values.put(new ColumnType.Binary(491_505), binaries(200_000));
        values.put(new ColumnType.Super(), jsons());
        values.put(
                new ColumnType.Date(),
                cells(
                                "0001-01-01",
                                "1582-10-04",
                                "1582-10-15",
                                "1899-12-31",
                                "1969-12-31",
                                "1970-01-01",
                                "2000-02-29",
                                "9999-12-31")
                        .stream()
                        .map(cell -> cell.map(text -> (Object) BigDecimal.valueOf(
                                LocalDate.parse((String) text).toEpochDay())))
                        .toList());
        for (ColumnType.Zone zone : ColumnType.Zone.values()) {
            values.put(new ColumnType.Timestamp(zone), timestamps());
        }
        return values;
    }

    private static List<Optional<Object>> integers(int bytes) {
        BigInteger limit = BigInteger.ONE.shiftLeft(8 * bytes - 1);
        List<Optional<Object>> values = cells(0, 1, -1, 255, -32768, 32767);
        if (bytes > 2) {
            // Neighbours of the modulus and of the chunk, and values that differ by either.
            values.addAll(
                    present(999_999_999, 1_000_000_000, -1_000_000_000, 2_147_483_646, 2_147_483_647, -2_147_483_647));
        }
        if (bytes > 4) {
            values.addAll(present(
                    2_147_483_648L,
                    4_294_967_295L,
                    4_611_686_018_427_387_903L,
                    999_999_999_999_999_999L,
                    1_000_000_000_000_000_000L));
        }
        values.add(Optional.of(new BigDecimal(limit.negate())));
        values.add(Optional.of(new BigDecimal(limit.subtract(BigInteger.ONE))));
        return values;
    }

    private static List<Optional<Object>> decimals(int precision, int scale) {
        BigInteger largest = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
        List<Optional<Object>> values = new ArrayList<>(List.of(Optional.empty()));
        List<BigInteger> unscaled = new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.ONE, largest));
        for (int digits = 1; digits < precision; digits += 4) {
            unscaled.add(BigInteger.TEN.pow(digits));
            unscaled.add(largest.mod(BigInteger.TEN.pow(digits)));
            unscaled.add(new BigInteger("12345678901234567890123456789012345678").mod(BigInteger.TEN.pow(digits + 1)));
        }
        if (precision == 19) {
            // Redshift keeps decimals of up to 19 digits in 64 bits.
            unscaled.removeIf(value -> value.bitLength() > 63);
            unscaled.add(BigInteger.valueOf(Long.MAX_VALUE));
        }
        for (BigInteger value : unscaled) {
            values.add(Optional.of(new BigDecimal(value, scale)));
            values.add(Optional.of(new BigDecimal(value.negate(), scale)));
        }
        return values;
    }

    private static List<Optional<Object>> reals() {
        List<Optional<Object>> values = new ArrayList<>(List.of(Optional.empty()));
        for (float value : new float[] {
            0f,
            -0f,
            1f,
            -1f,
            0.1f,
            3.1415927f,
            16777216f,
            1e10f,
            -1e-10f,
            Float.MIN_NORMAL,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY
        }) {
            values.add(Optional.of((double) value));
        }
        return values;
    }

    private static List<Optional<Object>> doubles() {
        List<Optional<Object>> values = cells(
                0.0,
                -0.0,
                1.0,
                -1.0,
                0.1,
                -0.1,
                Math.PI,
                1e15 + 0.3,
                9007199254740992.0,
                1e308,
                1e-308,
                Double.MIN_NORMAL,
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                3e-320,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY);
        for (int exponent = -1074; exponent < 1024; exponent += 31) {
            double power = Math.scalb(1.0, exponent);
            values.addAll(
                    List.of(Optional.of(power), Optional.of(-Math.nextUp(power)), Optional.of(Math.nextDown(power))));
        }
        for (int exponent = -1050; exponent < 1024; exponent += 30) {
            double power = Math.scalb(1.0, exponent);
            values.addAll(
                    List.of(Optional.of(power), Optional.of(Math.nextUp(power)), Optional.of(-Math.nextDown(power))));
        }
        return values;
    }

    private static List<Optional<Object>> texts() {
        return cells(
                "",
                " ",
                "  ",
                "a",
                "a ",
                " a",
                "A",
                "NULL",
                "0",
                "\t",
                "\n",
                "\\",
                "'",
                "\"",
                "é",
                "e\u0301",
                "ß",
                "\uFFFD",
                "\u20AC",
                "😀",
                "𐍈",
                "日本語",
                "\uFEFF",
                "\u0001",
                "x".repeat(64),
                "x".repeat(65),
                "é".repeat(32_767));
    }

    /** Around the ends of pieces of 32,767 bytes. */
    private static List<Optional<Object>> binaries(int most) {
        List<Optional<Object>> values = cells("", "00", "c3", "c328", "0d0a", "5c", "41".repeat(65));
        for (int bytes : new int[] {32_766, 32_767, 32_768, 65_533, 65_534, 65_535, 98_301, 98_302}) {
            if (bytes <= most) {
                values.addAll(present("00".repeat(bytes), "ab".repeat(bytes - 1) + "00"));
            }
        }
        values.addAll(present("9f".repeat(most)));
        return values;
    }

    private static List<Optional<Object>> jsons() {
        return cells(
                "null",
                " null ",
                "true",
                "0",
                "0.10",
                "12345678901234567890.123456789",
                "\"\"",
                "\"null\"",
                "{}",
                "[]",
                "{\"b\":1,\"a\":[null,\"é😀\"]}",
                "{ \"a\" : 1 }",
                "\"\\u00e9\"",
                "[" + "1,".repeat(30_000) + "1]");
    }

    private static List<Optional<Object>> timestamps() {
        return cells(
                        "0001-01-01T00:00:00",
                        "1582-10-15T00:00:00",
                        "1899-12-31T23:59:59.999999",
                        "1969-12-31T23:59:59.999999",
                        "1970-01-01T00:00:00",
                        "1970-01-01T00:00:00.000001",
                        "2024-02-29T12:34:56.789012",
                        "2026-03-29T01:30:00",
                        "2026-03-29T02:30:00",
                        "2026-10-25T02:30:00",
                        "2262-04-11T23:47:16.854775",
                        "9999-12-31T23:59:59.999999")
                .stream()
                .map(cell -> cell.map(text -> (Object) BigDecimal.valueOf(ChronoUnit.MICROS.between(
                        LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), LocalDateTime.parse((String) text)))))
                .toList();
    }

    private static List<Optional<Object>> cells(Object... values) {
        List<Optional<Object>> cells = new ArrayList<>(List.of(Optional.empty()));
        cells.addAll(present(values));
        return cells;
    }

    private static List<Optional<Object>> present(Object... values) {
        List<Optional<Object>> cells = new ArrayList<>();
        for (Object value : values) {
            cells.add(Optional.of(
                    value instanceof Integer || value instanceof Long
                            ? BigDecimal.valueOf(((Number) value).longValue())
                            : value));
        }
        return cells;
    }
}
