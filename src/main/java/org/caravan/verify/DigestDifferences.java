package org.caravan.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.caravan.schema.Columns;
import org.caravan.verify.digest.Digest;

/** What tells two digests apart, in words; stateless. */
final class DigestDifferences {
    /** So many columns' digests are told; beyond that their names come first. */
    private static final int MOST_IN_FULL = 4;

    private static final int MOST_NAMED = 50;

    private DigestDifferences() {}

    /** Every figure that differs, with both values; empty if the digests are the same. */
    static List<String> of(Columns columns, Digest queried, Digest found) {
        if (queried.equals(found)) {
            return List.of();
        }
        List<String> differences = new ArrayList<>();
        if (queried.rows() != found.rows()) {
            String of = queried.sample().isAll() ? "" : "of the sample " + queried.sample() + ": ";
            differences.add(of + rows(queried.rows(), found.rows()));
        }
        List<Integer> columnsThatDiffer = queried.differingColumns(found);
        if (columnsThatDiffer.size() > MOST_IN_FULL) {
            differences.add("the digests of the columns "
                    + columnsThatDiffer.stream()
                            .limit(MOST_NAMED)
                            .map(column -> "'" + columns.get(column).name() + "'")
                            .collect(Collectors.joining(", "))
                    + (columnsThatDiffer.size() > MOST_NAMED
                            ? " and of " + (columnsThatDiffer.size() - MOST_NAMED) + " more"
                            : "")
                    + " differ");
        }
        for (int column : columnsThatDiffer) {
            differences.add("column '" + columns.get(column).name() + "' digest: "
                    + queried.columns().get(column) + " queried, "
                    + found.columns().get(column) + " found");
        }
        if (differences.isEmpty()) {
            differences.add("the rows' digest: " + queried + " queried, " + found
                    + " found, although each column's is the same: values stand in other rows");
        }
        return differences;
    }

    static String rows(long queried, long found) {
        return "rows: " + queried + " queried, " + found + " found";
    }
}
