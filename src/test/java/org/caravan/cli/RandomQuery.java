package org.caravan.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes a PostgreSQL query whose result has random types and values; the same seed, the same query. Its first columns are known: id
 * counts from 1, label is '' in row 3 and four letters elsewhere, and seen_at is a point in time.
 */
final class RandomQuery {
    static final int ROWS = 40;

    /** A column: how the query makes it of a text, and its texts. */
    private record Kind(String cast, Supplier<String> text) {}

    private final Random random;

    RandomQuery(long seed) {
        random = new Random(seed);
    }

    /** A query of {@code columns} columns beside the three known ones. */
    String sql(int columns) {
        List<Kind> kinds = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            kinds.add(kind(i % KINDS));
        }
        StringBuilder select = new StringBuilder("SELECT id, label, seen_at::timestamptz AS seen_at");
        StringBuilder names = new StringBuilder("id, label, seen_at");
        for (int i = 0; i < columns; i++) {
            select.append(",\n  ")
                    .append(kinds.get(i).cast().formatted("c" + i))
                    .append(" AS c")
                    .append(i);
            names.append(", c").append(i);
        }
        List<String> rows = new ArrayList<>();
        for (int row = 1; row <= ROWS; row++) {
            List<String> values = new ArrayList<>();
            values.add(Integer.toString(row));
            values.add(row == 3 ? "''" : "'" + letters(4) + "'");
            values.add("'" + instant() + "'");
            for (Kind kind : kinds) {
                values.add(
                        random.nextInt(8) == 0
                                ? "NULL::text"
                                : "'" + kind.text().get() + "'");
            }
            rows.add("(" + String.join(", ", values) + ")");
        }
        return select + "\nFROM (VALUES\n  " + String.join(",\n  ", rows) + "\n) AS v(" + names + ")";
    }

    private static final int KINDS = 18;

    private Kind kind(int number) {
        return switch (number) {
            case 0 -> new Kind("%s::smallint", () -> Short.toString((short) random.nextInt()));
            case 1 -> new Kind("%s::integer", () -> pick(Integer.toString(random.nextInt()), "-2147483648", "0"));
            case 2 -> new Kind("%s::bigint", () -> pick(Long.toString(random.nextLong()), "-9223372036854775808", "0"));
            case 3, 4 -> decimal();
            case 5 -> new Kind("%s::real", () -> pick(real(), "NaN", "Infinity", "-Infinity", "-0"));
            case 6 -> new Kind("%s::double precision", () -> pick(number(), "NaN", "Infinity", "-Infinity", "-0"));
            case 7 -> new Kind("%s::boolean", () -> Boolean.toString(random.nextBoolean()));
            case 8, 9 -> new Kind("convert_from(decode(%s, 'hex'), 'UTF8')", () -> hex(text(random.nextInt(30))));
            case 10 ->
                new Kind("convert_from(decode(%s, 'hex'), 'UTF8')::varchar(12)", () -> hex(text(random.nextInt(13))));
            case 11 -> new Kind("%s::bytea", () -> "\\x" + bytes(random.nextInt(20)));
            case 12 -> new Kind("%s::date", () -> day().toString());
            case 13 -> new Kind("%s::timestamp", () -> time().toString());
            case 14 -> new Kind("%s::timestamptz", this::instant);
            case 15 -> new Kind("%s::json", () -> "{\"" + letters(3) + "\": [" + number() + ", null, \"\"]}");
            case 16 ->
                random.nextBoolean()
                        ? new Kind("%s::uuid", () -> new UUID(random.nextLong(), random.nextLong()).toString())
                        : new Kind("%s::time", () -> micros(LocalTime.ofNanoOfDay(micros(86_400_000_000L) * 1000)));
            default ->
                new Kind("%s::int[]", () -> pick("{" + random.nextInt() + ",NULL," + random.nextInt(9) + "}", "{}"));
        };
    }

    private Kind decimal() {
        int precision = 1 + random.nextInt(38);
        int scale = random.nextInt(Math.min(precision, 37) + 1);
        return new Kind("%s::numeric(" + precision + "," + scale + ")", () -> {
            StringBuilder digits = new StringBuilder(random.nextBoolean() ? "-" : "");
            int length = 1 + random.nextInt(precision);
            for (int i = 0; i < length; i++) {
                digits.append(random.nextInt(10));
            }
            return new BigDecimal(new BigInteger(digits.toString()), scale).toPlainString();
        });
    }

    /** Usually the first, sometimes one of the others. */
    private String pick(String usual, String... others) {
        return random.nextInt(4) > 0 ? usual : others[random.nextInt(others.length)];
    }

    private String real() {
        float value = Float.intBitsToFloat(random.nextInt());
        return Float.toString(Float.isFinite(value) ? value : 1.5f);
    }

    private String number() {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.toString(Double.isFinite(value) ? value : 1.5);
    }

    /** Characters of every plane that has any, with those that file formats use for themselves. */
    private String text(int length) {
        String special = "\t\n\r\\\"',|;{}<>@\u0001\u001a\u007f\u2028\ufeff";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(6)) {
                case 0 -> text.append(special.charAt(random.nextInt(special.length())));
                case 1 -> text.append((char) (0xA0 + random.nextInt(0x1000)));
                case 2 -> text.append((char) (0x4E00 + random.nextInt(0x5000)));
                case 3 -> text.appendCodePoint(0x10000 * (1 + random.nextInt(16)) + random.nextInt(0xFFFE));
                default -> text.append((char) (' ' + random.nextInt(95)));
            }
        }
        return text.toString();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private String bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String letters(int length) {
        return random.ints(length, 'a', 'z')
                .mapToObj(letter -> String.valueOf((char) letter))
                .collect(Collectors.joining());
    }

    private LocalDate day() {
        return LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059));
    }

    private LocalDateTime time() {
        return day().atStartOfDay().plusNanos(micros(86_400_000_000L) * 1000);
    }

    /** A day before the last year ends, so that an hour more is a date too. */
    private String instant() {
        LocalDateTime time = time();
        return (time.getYear() == 9999 ? time.minusYears(1) : time)
                .atOffset(ZoneOffset.UTC)
                .toString();
    }

    private long micros(long bound) {
        return Math.floorMod(random.nextLong(), bound);
    }

    private static String micros(LocalTime time) {
        return time.toString();
    }
}
