package org.caravan.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/** A table with its values and how each is shown, so that what a reader finds can be compared; prints itself in full. */
record AnyTable(List<AnyColumn> list) {
    private static final DateTimeFormatter TO_SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TO_MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    /** A column: values are as {@link Rows} has them, or null. */
    record AnyColumn(String name, ColumnType type, List<Object> values) {
        AnyColumn {
            name = cut(Columns.fold(name));
        }

        private static String cut(String name) {
            String shorter = name;
            while (shorter.getBytes(StandardCharsets.UTF_8).length > 127) {
                shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
            }
            return shorter;
        }
    }

    static AnyTable of(String name, ColumnType type, Object... values) {
        return new AnyTable(List.of(new AnyColumn(name, type, java.util.Arrays.asList(values))));
    }

    Rows rows() {
        Rows rows = new Rows();
        list.forEach(column -> rows.and(column.name(), column.type(), column.values()));
        return rows;
    }

    int size() {
        return list.get(0).values().size();
    }

    List<String> names() {
        return list.stream().map(AnyColumn::name).toList();
    }

    ColumnType type(int column) {
        return list.get(column).type();
    }

    /** All values as {@link #shown} shows them, row by row. */
    List<List<Optional<String>>> shown() {
        List<List<Optional<String>>> rows = new ArrayList<>();
        for (int row = 0; row < size(); row++) {
            List<Optional<String>> cells = new ArrayList<>();
            for (AnyColumn column : list) {
                cells.add(Optional.ofNullable(column.values().get(row)).map(value -> shown(column.type(), value)));
            }
            rows.add(cells);
        }
        return rows;
    }

    /** One text for each value, from Java's own conversions; of a floating-point number its bits. */
    static String shown(ColumnType type, Object value) {
        if (type instanceof ColumnType.Bool) {
            return value.equals(1L) ? "true" : "false";
        }
        if (type instanceof ColumnType.FloatingPoint number) {
            return bits(number, value.toString());
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return new BigDecimal(new BigInteger(value.toString()), decimal.scale()).toPlainString();
        }
        if (type instanceof ColumnType.Date) {
            return LocalDate.ofEpochDay((Long) value).toString();
        }
        if (type instanceof ColumnType.Timestamp timestamp) {
            return time(timestamp, (Long) value);
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }

    /** The bits of a number that a reader shows as text: the shortest text is not always Java 17's. */
    static String bits(ColumnType.FloatingPoint type, String text) {
        String java = text.replace("inf", "Infinity")
                .replace("Infinityinity", "Infinity")
                .replace("nan", "NaN");
        return type.bytes() == Float.BYTES
                ? Integer.toHexString(Float.floatToRawIntBits(Float.parseFloat(java)))
                : Long.toHexString(Double.doubleToRawLongBits(Double.parseDouble(java)));
    }

    /** Microseconds as the text that COPY reads. */
    static String time(ColumnType.Timestamp type, long micros) {
        LocalDateTime time = LocalDateTime.ofInstant(
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L),
                ZoneOffset.UTC);
        return time.format(micros % 1_000_000 == 0 ? TO_SECONDS : TO_MICROS)
                + (type.zone() == ColumnType.Zone.INSTANT ? "+00" : "");
    }

    @Override
    public String toString() {
        return list.stream()
                        .map(column -> "\"" + column.name() + "\" " + column.type())
                        .collect(Collectors.joining(", ", "table (", ")"))
                + shown().stream().map(row -> "\n  " + row).collect(Collectors.joining());
    }
}
