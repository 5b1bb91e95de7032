package org.caravan.schema;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written with a unit: {@code 64MB}. Units are powers of 1024. */
public record DataSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d+)\\s*(B|KB|MB|GB)?");

    /**
     * Reads a size as settings write it.
     *
     * @throws IllegalArgumentException if the text is no size
     */
    public static DataSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw invalid(text);
        }
        int shift =
                switch (matcher.group(2) == null ? "B" : matcher.group(2)) {
                    case "KB" -> 10;
                    case "MB" -> 20;
                    case "GB" -> 30;
                    default -> 0;
                };
        BigInteger bytes = new BigInteger(matcher.group(1)).shiftLeft(shift);
        if (bytes.bitLength() >= Long.SIZE) {
            throw invalid(text);
        }
        return new DataSize(bytes.longValue());
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                "Invalid size '" + text + "'; write a number and B, KB, MB or GB, such as 64MB");
    }
}
