package org.caravan.verify.digest;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The digest of a set of rows, or of a sample of it. Immutable; equal digests mean equal sets of rows, up to the bounds that the
 * specification states, and digests of different samples are never equal.
 *
 * @param sample which of the rows it is of
 * @param rows how many rows it is of
 * @param columns for each column the sum of its values' mixed forms: they name the column that differs
 * @param groups for each group of columns the two sums of its rows' mixed forms, which bind the values of a row to each other
 */
public record Digest(Sample sample, long rows, List<BigInteger> columns, List<Sums> groups) {
    private static final Pattern TEXT = Pattern.compile("1:(?:1/\\d{1,9}:)?(\\d{1,18}):");

    public Digest {
        requireNonNull(sample, "sample");
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
    }

    /** Of all rows. */
    public Digest(long rows, List<BigInteger> columns, List<Sums> groups) {
        this(Sample.ALL, rows, columns, groups);
    }

    /** The two sums of the rows of a group of columns, one for each set of coefficients. */
    public record Sums(BigInteger a, BigInteger b) {
        Sums plus(Sums other) {
            return new Sums(a.add(other.a), b.add(other.b));
        }
    }

    /** The digest of this set of rows and another of the same columns taken together. */
    public Digest plus(Digest other) {
        if (columns.size() != other.columns.size() || groups.size() != other.groups.size()) {
            throw new IllegalArgumentException(
                    "Digests of " + columns.size() + " and of " + other.columns.size() + " columns cannot be added");
        }
        if (!sample.equals(other.sample)) {
            throw new IllegalArgumentException(
                    "Digests of the samples " + sample + " and " + other.sample + " cannot be added");
        }
        List<BigInteger> columnSums = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            columnSums.add(columns.get(i).add(other.columns.get(i)));
        }
        List<Sums> groupSums = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            groupSums.add(groups.get(i).plus(other.groups.get(i)));
        }
        return new Digest(sample, Math.addExact(rows, other.rows), columnSums, groupSums);
    }

    /** The columns whose figures differ, by index. */
    public List<Integer> differingColumns(Digest other) {
        List<Integer> differing = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).equals(other.columns.get(i))) {
                differing.add(i);
            }
        }
        return differing;
    }

    /** How many rows a digest is of, by its text; empty if that is none. */
    public static OptionalLong rows(String text) {
        Matcher digest = TEXT.matcher(text);
        return digest.lookingAt() ? OptionalLong.of(Long.parseLong(digest.group(1))) : OptionalLong.empty();
    }

    /** For people and records: {@code 1:rows:a:b}, with the rows' sums in hexadecimal; of a sample {@code 1:1/100:rows:a:b}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("1:")
                .append(sample.isAll() ? "" : sample + ":")
                .append(rows);
        for (Sums sums : groups) {
            text.append(':')
                    .append(sums.a().toString(16))
                    .append(':')
                    .append(sums.b().toString(16));
        }
        return text.toString();
    }
}
