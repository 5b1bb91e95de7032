package org.caravan.format;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.caravan.format.AnyTable.AnyColumn;
import org.caravan.schema.ColumnType;

/** Tables for properties: columns of every type with awkward names, and values with the extremes of each type. */
final class AnyTables {
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final List<String> NAMES = List.of(
            "select",
            "Order",
            "NULL",
            "home town",
            "naïve%",
            "a.b",
            "q\"uo'te",
            "`",
            "comma,",
            "🐫",
            "two  spaces",
            " ",
            "back\\slash",
            "$x",
            "{x}",
            "n".repeat(127),
            "ß".repeat(64),
            "1st",
            "_x20_",
            "a\tb",
            "\u2028");
    private static final List<String> PIECES = List.of(
            "a",
            "Z",
            "camel",
            " ",
            "  ",
            "\"",
            "\"\"",
            "'",
            "`",
            "\n",
            "\r\n",
            "\r",
            "\n\n",
            ",",
            ";",
            "\t",
            "|",
            "\\",
            "\\N",
            "\\.",
            "\\n",
            "🐫",
            "漢字",
            "é",
            "\u0001",
            "\u001f",
            "\u007f",
            "\u0085",
            "\u2028",
            "\uFFFD",
            "\uFFFF",
            "NULL",
            "<NULL",
            "null",
            "NaN",
            "true",
            "0",
            "-1",
            "1e5",
            "{",
            "}",
            "[",
            "]",
            ":",
            "/",
            "#",
            "--",
            "\uFEFF",
            "/*",
            "\uDBFF\uDFFF",
            "e\u0301");
    private static final List<String> JSON = List.of(
            "null",
            "true",
            "0",
            "-0.0",
            "1e400",
            "12345678901234567890.123",
            "\"\"",
            "\"a\\\"b\\u0000\\n\"",
            "\"🐫 漢字\"",
            "[]",
            "{}",
            "[1, [2, {\"a\" : null}]]",
            "{\"Key\":1,\"key\":\"x, y\"}",
            " {\"a\":\n[ ] } ");

    private AnyTables() {}

    /** Tables of up to so many columns and rows; text and names have no NUL, names no line breaks. */
    static Arbitrary<AnyTable> upTo(int columns, int rows) {
        return Arbitraries.integers().between(0, rows).flatMap(size -> column(size)
                .list()
                .ofMinSize(1)
                .ofMaxSize(columns)
                .uniqueElements(AnyColumn::name)
                .map(AnyTable::new));
    }

    private static Arbitrary<AnyColumn> column(int size) {
        return Combinators.combine(name(), type()).as(Tuple::of).flatMap(named -> values(named.get2(), size)
                .map(values -> new AnyColumn(named.get1(), named.get2(), values)));
    }

    private static Arbitrary<String> name() {
        Arbitrary<String> any = codePoint()
                .filter(character -> !character.equals("\n") && !character.equals("\r"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(characters -> String.join("", characters));
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(NAMES)),
                Tuple.of(2, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(9)),
                Tuple.of(1, any));
    }

    private static Arbitrary<String> codePoint() {
        return Arbitraries.frequencyOf(
                        Tuple.of(2, Arbitraries.integers().between(1, 0x7F)),
                        Tuple.of(1, Arbitraries.integers().between(0x80, 0xFFFF)),
                        Tuple.of(1, Arbitraries.integers().between(0x10000, 0x10FFFF)))
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .map(Character::toString);
    }

    private static Arbitrary<ColumnType> type() {
        Arbitrary<ColumnType> decimal = Arbitraries.integers()
                .between(1, 38)
                .flatMap(precision -> Arbitraries.integers()
                        .between(0, Math.min(precision, 37))
                        .map(scale -> new ColumnType.Decimal(precision, scale)));
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of(plainTypes())),
                Tuple.of(3, decimal),
                Tuple.of(3, Arbitraries.just(new ColumnType.Text(400))));
    }

    private static List<ColumnType> plainTypes() {
        return List.of(
                new ColumnType.Bool(),
                new ColumnType.Int(2),
                new ColumnType.Int(4),
                new ColumnType.Int(8),
                new ColumnType.FloatingPoint(4),
                new ColumnType.FloatingPoint(8),
                new ColumnType.Date(),
                new ColumnType.Timestamp(ColumnType.Zone.LOCAL),
                new ColumnType.Timestamp(ColumnType.Zone.INSTANT),
                new ColumnType.Binary(40),
                new ColumnType.Super());
    }

    /** A type of each kind. */
    static List<ColumnType> everyType() {
        return java.util.stream.Stream.concat(
                        plainTypes().stream(),
                        java.util.stream.Stream.of(
                                new ColumnType.Decimal(18, 18),
                                new ColumnType.Decimal(38, 37),
                                new ColumnType.Text(65_535),
                                new ColumnType.Binary(64_000)))
                .toList();
    }

    private static Arbitrary<List<Object>> values(ColumnType type, int size) {
        return Arbitraries.of(0.02, 0.5, 0.02, 1.0)
                .flatMap(share -> value(type).injectNull(share).list().ofSize(size));
    }

    private static Arbitrary<Object> value(ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return Arbitraries.of(0L, 1L);
        }
        if (type instanceof ColumnType.Int integer) {
            long most = Long.MAX_VALUE >> (Long.SIZE - integer.bytes() * Byte.SIZE);
            return longs(-most - 1, most);
        }
        if (type instanceof ColumnType.FloatingPoint number) {
            return number.bytes() == Float.BYTES ? floats() : doubles();
        }
        if (type instanceof ColumnType.Decimal decimal) {
            BigInteger most = BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
            Arbitrary<BigInteger> unscaled = Arbitraries.frequencyOf(
                    Tuple.of(1, Arbitraries.of(most, most.negate(), BigInteger.ZERO)),
                    Tuple.of(4, Arbitraries.bigIntegers().between(most.negate(), most)));
            return unscaled.map(value -> decimal.fitsLong() ? (Object) value.longValueExact() : value);
        }
        if (type instanceof ColumnType.Date) {
            return longs(FIRST_DAY, LAST_DAY);
        }
        if (type instanceof ColumnType.Timestamp) {
            return longs(FIRST_DAY * MICROS_PER_DAY, (LAST_DAY + 1) * MICROS_PER_DAY - 1);
        }
        if (type instanceof ColumnType.Binary binary) {
            return Arbitraries.bytes()
                    .array(byte[].class)
                    .ofMaxSize(Math.min(40, binary.maxBytes()))
                    .asGeneric();
        }
        return type instanceof ColumnType.Super ? Arbitraries.of(JSON).asGeneric() : text().asGeneric();
    }

    private static Arbitrary<Object> longs(long least, long most) {
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.of(least, most, 0L)),
                        Tuple.of(4, Arbitraries.longs().between(least, most)))
                .asGeneric();
    }

    private static Arbitrary<Object> doubles() {
        List<Double> extremes = Arrays.asList(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                -0.0,
                0.0,
                Double.MIN_VALUE,
                -Double.MAX_VALUE,
                Double.MIN_NORMAL,
                Math.nextDown(Double.MIN_NORMAL),
                2.0E-3,
                1e21,
                9007199254740994d);
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.of(extremes)),
                        Tuple.of(
                                2,
                                Arbitraries.longs()
                                        .map(Double::longBitsToDouble)
                                        .filter(value -> !Double.isNaN(value))))
                .asGeneric();
    }

    private static Arbitrary<Object> floats() {
        List<Float> extremes = Arrays.asList(
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                -0.0f,
                0.0f,
                Float.MIN_VALUE,
                -Float.MAX_VALUE,
                Float.MIN_NORMAL,
                Math.nextDown(Float.MIN_NORMAL),
                2.0E-3f,
                16_777_216f);
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.of(extremes)),
                        Tuple.of(
                                2,
                                Arbitraries.integers()
                                        .map(Float::intBitsToFloat)
                                        .filter(value -> !Float.isNaN(value))))
                .map(Float::doubleValue)
                .asGeneric();
    }

    private static Arbitrary<String> text() {
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.of(PIECES)), Tuple.of(1, codePoint()))
                .list()
                .ofMaxSize(8)
                .map(pieces -> String.join("", pieces))
                .filter(text -> !text.equals(CsvOptions.DEFAULT_NULL_TEXT));
    }
}
