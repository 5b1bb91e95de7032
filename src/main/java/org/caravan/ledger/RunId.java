package org.caravan.ledger;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A run's id: its start in UTC to the millisecond, and five random characters. Sorts by time; made of lower-case letters, digits
 * and an underscore only, so that it is safe in an S3 key, an SQL comment and a table name alike.
 */
public record RunId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9]{8}t[0-9]{9}_[0-9a-z]{5}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RADIX = 36;
    private static final int SUFFIXES = RADIX * RADIX * RADIX * RADIX * RADIX;

    public RunId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "Invalid run id '" + value + "'; one looks like 20260131t060000000_4x7qa");
        }
    }

    /** A new id for a run that starts at a time. */
    public static RunId at(Instant start) {
        String suffix =
                Integer.toString(SUFFIXES + RANDOM.nextInt(SUFFIXES), RADIX).substring(1);
        return new RunId(TIME.format(start) + "_" + suffix);
    }

    @Override
    public String toString() {
        return value;
    }
}
