package org.caravan.verify.digest;

import java.util.ArrayList;
import java.util.List;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/**
 * Groups of consecutive columns, whose rows are hashed in one statement. Every table is one group, unless its columns need more names
 * in a subquery than Redshift's 1,600.
 */
final class Groups {
    /** See "Quotas and limits in Amazon Redshift": columns in a table, and so in what a subquery gives. */
    static final int MOST_NAMES = 1600;

    private Groups() {}

    /** A group: the columns from one index up to, but without, another. */
    record Range(int from, int to) {}

    static List<Range> of(Columns columns) {
        List<Range> groups = new ArrayList<>();
        int from = 0;
        int names = 0;
        for (int i = 0; i < columns.size(); i++) {
            int more = names(columns.get(i).type());
            if (names + more > MOST_NAMES) {
                groups.add(new Range(from, i));
                from = i;
                names = 0;
            }
            names += more;
        }
        groups.add(new Range(from, columns.size()));
        return groups;
    }

    /** The most names that a column has in a subquery of its statement. */
    static int names(ColumnType type) {
        if (type instanceof ColumnType.FloatingPoint) {
            return 3;
        }
        if (type instanceof ColumnType.Binary binary && BinaryDigest.covers(binary)) {
            return BinaryDigest.chunks(binary);
        }
        if (type instanceof ColumnType.Decimal decimal && !decimal.fitsLong()) {
            Chunks chunks = Chunks.of(type);
            return chunks.whole() + chunks.fraction();
        }
        return 1;
    }
}
