package org.caravan.sandbox.redshift.copy;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** REAL and DOUBLE PRECISION. */
record FloatField(int bytes) implements FieldValue {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]?Infinity|NaN");

    @Override
    public void write(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        String number = new String(text, from, to - from, StandardCharsets.ISO_8859_1).strip();
        if (!NUMBER.matcher(number).matches()) {
            throw new BadValue(BadValue.FLOAT, "Invalid float format or value");
        }
        boolean finite = !number.endsWith("y") && !number.endsWith("N");
        if (bytes == 4) {
            float value = Float.parseFloat(number);
            check(finite && Float.isInfinite(value));
            out.int32(4);
            out.int32(Float.floatToRawIntBits(value));
        } else {
            double value = Double.parseDouble(number);
            check(finite && Double.isInfinite(value));
            out.int32(8);
            out.int64(Double.doubleToRawLongBits(value));
        }
    }

    private void check(boolean overflown) throws BadValue {
        if (overflown) {
            throw new BadValue(
                    BadValue.OUT_OF_RANGE,
                    "Overflow, Value out of range for Type: " + (bytes == 4 ? "Float" : "Double"));
        }
    }
}
