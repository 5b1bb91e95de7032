package org.caravan.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.caravan.schema.ColumnType;

/** Random columns of every type with random values, among them the extremes of each type and awkward text. */
final class RandomTable {
    private static final DateTimeFormatter TO_SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TO_MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final List<String> PIECES = List.of(
            "a", "Z", "camel", " ", "  ", "\"", "\"\"", "'", "`", "\n", "\r\n", "\r", "\n\n", ",", ";", "\t", "|", "\\",
            "\\N", "\\.", "\\n", "🐫", "漢字", "é", "\u0001", "\u001f", "\u007f", "\u0085", "\u2028", "\uFFFD", "\uFFFF",
            "NULL", "<NULL", "null", "NaN", "true", "0", "-1", "1e5", "{", "}", "[", "]", ":", "/", "#", "--", "\uFEFF",
            "/*");

    private final Rows rows = new Rows();
    private final List<ColumnType> types = new ArrayList<>();

    RandomTable(Random random, int size) {
        int width = 1 + random.nextInt(12);
        for (int column = 0; column < width; column++) {
            ColumnType type = type(random);
            types.add(type);
            rows.and("c" + column, type, values(random, type, size));
        }
    }

    Rows rows() {
        return rows;
    }

    List<ColumnType> types() {
        return types;
    }

    /** The text that COPY is to read for a value, from Java's own conversions. */
    static Optional<String> text(ColumnType type, Object value) {
        return Optional.ofNullable(value).map(present -> notNull(type, present));
    }

    private static String notNull(ColumnType type, Object value) {
        if (type instanceof ColumnType.Bool) {
            return value.equals(1L) ? "true" : "false";
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return new BigDecimal(new BigInteger(value.toString()), decimal.scale()).toPlainString();
        }
        if (type instanceof ColumnType.Date) {
            return LocalDate.ofEpochDay((Long) value).toString();
        }
        if (type instanceof ColumnType.Timestamp timestamp) {
            LocalDateTime time = localTime((Long) value);
            return time.format((Long) value % 1_000_000 == 0 ? TO_SECONDS : TO_MICROS)
                    + (timestamp.zone() == ColumnType.Zone.INSTANT ? "+00" : "");
        }
        return value.toString();
    }

    static LocalDateTime localTime(long micros) {
        return LocalDateTime.ofInstant(
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L),
                ZoneOffset.UTC);
    }

    private static ColumnType type(Random random) {
        int precision = 1 + random.nextInt(38);
        return switch (random.nextInt(11)) {
            case 0 -> new ColumnType.Bool();
            case 1 -> new ColumnType.Int(2);
            case 2 -> new ColumnType.Int(4);
            case 3 -> new ColumnType.Int(8);
            case 4 -> new ColumnType.FloatingPoint(4);
            case 5 -> new ColumnType.FloatingPoint(8);
            case 6 -> new ColumnType.Decimal(precision, random.nextInt(Math.min(precision, 37) + 1));
            case 7 -> new ColumnType.Date();
            case 8 -> new ColumnType.Timestamp(random.nextBoolean() ? ColumnType.Zone.LOCAL : ColumnType.Zone.INSTANT);
            default -> new ColumnType.Text(400);
        };
    }

    private static List<Object> values(Random random, ColumnType type, int size) {
        double nullShare = random.nextBoolean() ? 0.02 : random.nextDouble();
        List<Object> values = new ArrayList<>(size);
        for (int row = 0; row < size; row++) {
            values.add(random.nextDouble() < nullShare ? null : value(random, type));
        }
        return values;
    }

    private static Object value(Random random, ColumnType type) {
        boolean extreme = random.nextInt(6) == 0;
        boolean least = random.nextBoolean();
        if (type instanceof ColumnType.Bool) {
            return (long) random.nextInt(2);
        }
        if (type instanceof ColumnType.Int integer) {
            int unused = Long.SIZE - integer.bytes() * Byte.SIZE;
            return (extreme ? (least ? Long.MIN_VALUE : Long.MAX_VALUE) : random.nextLong())
                    >> (unused + (extreme ? 0 : random.nextInt(Long.SIZE - unused)));
        }
        if (type instanceof ColumnType.FloatingPoint number) {
            return floating(random, number, extreme);
        }
        if (type instanceof ColumnType.Decimal decimal) {
            BigInteger most = BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
            BigInteger unscaled = extreme ? most : new BigInteger(random.nextInt(127), random).mod(most);
            BigInteger signed = least ? unscaled.negate() : unscaled;
            return decimal.fitsLong() ? (Object) signed.longValueExact() : signed;
        }
        if (type instanceof ColumnType.Date) {
            LocalDate day = least ? FIRST : LAST;
            return extreme ? day.toEpochDay() : random.nextLong(FIRST.toEpochDay(), LAST.toEpochDay() + 1);
        }
        if (type instanceof ColumnType.Timestamp) {
            long first = FIRST.toEpochDay() * 86_400_000_000L;
            long last = (LAST.toEpochDay() + 1) * 86_400_000_000L - 1;
            long micros = extreme ? (least ? first : last) : random.nextLong(first, last);
            return least ? micros - Math.floorMod(micros, 1_000_000L) : micros;
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static double floating(Random random, ColumnType.FloatingPoint type, boolean extreme) {
        if (type.bytes() == Float.BYTES) {
            float[] extremes = {Float.MIN_VALUE, -Float.MAX_VALUE, -0.0f, Float.MIN_NORMAL, 2.0E-3f, 16_777_216f};
            float value = Float.intBitsToFloat(random.nextInt());
            return extreme || !Float.isFinite(value) ? extremes[random.nextInt(extremes.length)] : value;
        }
        double[] extremes = {
            Double.MIN_VALUE, -Double.MAX_VALUE, -0.0, Double.MIN_NORMAL, 2.0E-3, 1e21, 9007199254740992d
        };
        double value = Double.longBitsToDouble(random.nextLong());
        return extreme || !Double.isFinite(value) ? extremes[random.nextInt(extremes.length)] : value;
    }
}
