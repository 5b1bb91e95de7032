package org.caravan.verify.digest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rows of a table have a part in its digest: all, or about one in so many, chosen by a key of the row's own values, so that
 * every engine chooses the same. Immutable.
 *
 * @param oneIn 1 for all rows
 */
public record Sample(int oneIn) {
    /** Every row. */
    public static final Sample ALL = new Sample(1);

    private static final Pattern OF_DIGEST = Pattern.compile("1:1/([1-9]\\d{0,8}):");

    public Sample {
        if (oneIn < 1) {
            throw new IllegalArgumentException("A sample is of one row in at least 1, not in " + oneIn);
        }
    }

    /** Of which rows a digest is, by its text. */
    public static Sample of(String digest) {
        Matcher sampled = OF_DIGEST.matcher(digest);
        return sampled.lookingAt() ? new Sample(Integer.parseInt(sampled.group(1))) : ALL;
    }

    public boolean isAll() {
        return oneIn == 1;
    }

    /** The keys below it are those of the chosen rows. */
    long bound() {
        return Field.P / oneIn;
    }

    /** As a digest's text has it: {@code 1/100}. */
    @Override
    public String toString() {
        return "1/" + oneIn;
    }
}
