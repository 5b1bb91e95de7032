package org.caravan.sandbox.redshift.copy;

import java.nio.charset.StandardCharsets;

/** Converts the text of a field for one column and writes it for PostgreSQL. Used by one thread. */
interface FieldValue {
    /** Writes the value; what is written before a failure is the caller's to take back. */
    void write(byte[] text, int from, int to, RowBuffer out) throws BadValue;

    static FieldValue of(TargetColumn column, CopyOptions.Conversion conversion) throws CopyFailure.Thrown {
        return switch (column.type()) {
            case "int2" -> new IntegerField(2, "Short");
            case "int4" -> new IntegerField(4, "Integer");
            case "int8" -> new IntegerField(8, "Long");
            case "numeric" -> {
                if (column.length() < 0) {
                    throw unsupported(column, "NUMERIC without a precision");
                }
                yield new DecimalField(column, conversion.roundDecimals());
            }
            case "float4" -> new FloatField(4);
            case "float8" -> new FloatField(8);
            case "bool" -> FieldValue::bool;
            case "varchar", "text" -> new TextField(column, conversion);
            case "bpchar" -> new CharField(column, conversion);
            case "date" -> new DateField(conversion);
            case "timestamp" -> new TimestampField(conversion, false);
            case "timestamptz" -> new TimestampField(conversion, true);
            case "time" -> new TimeField(false);
            case "timetz" -> new TimeField(true);
            case "varbyte", "bytea" -> FieldValue::varbyte;
            case "super", "jsonb" -> new SuperField();
            default -> throw unsupported(column, column.type());
        };
    }

    /** Columns that only CREATE TABLE AS can make here. */
    private static CopyFailure.Thrown unsupported(TargetColumn column, String type) {
        return CopyFailure.of(
                        "the stand-in does not support COPY into the column \"" + column.name() + "\" of type " + type
                                + " yet",
                        BadValue.TYPE,
                        column.name())
                .thrown();
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_Boolean_type.html */
    private static void bool(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        String word = new String(text, from, to - from, StandardCharsets.UTF_8)
                .strip()
                .toLowerCase(java.util.Locale.ROOT);
        int value =
                switch (word) {
                    case "t", "true", "y", "yes", "1" -> 1;
                    case "f", "false", "n", "no", "0" -> 0;
                    default -> throw new BadValue(BadValue.BOOLEAN, "Unknown boolean format");
                };
        out.int32(1);
        out.int8(value);
    }

    /** Hexadecimal digits: https://docs.aws.amazon.com/redshift/latest/dg/copy-usage-varbyte.html */
    private static void varbyte(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        for (int i = from; i < to; i++) {
            if (Character.digit(text[i], 16) < 0) {
                throw IntegerField.invalidDigit(text, from, i, to, "Varbyte");
            }
        }
        if ((to - from) % 2 != 0) {
            throw new BadValue(BadValue.DIGIT, "Odd number of hexadecimal digits, Type: Varbyte");
        }
        out.int32((to - from) / 2);
        for (int i = from; i < to; i += 2) {
            out.int8(Character.digit(text[i], 16) << 4 | Character.digit(text[i + 1], 16));
        }
    }
}
