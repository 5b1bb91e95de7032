package org.caravan.redshift;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.Run;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;

/** Asks a staging table whether columns tell its rows apart; NULL counts as a value like the others. Immutable. */
record UniqueKeys(KeyRule rule, TableName staging, String list) {
    private static final int MOST_SHOWN = 5;

    /**
     * @throws CaravanException if a column's values cannot be grouped exactly
     */
    static UniqueKeys of(KeyRule rule, TableName staging, Columns staged) {
        for (Column column : staged) {
            ColumnType type = column.type();
            if (rule.columns().contains(column.name())
                    && (type instanceof ColumnType.Super
                            || type instanceof ColumnType.Binary
                            || type instanceof ColumnType.FloatingPoint)) {
                throw new CaravanException(
                        Category.CONFIG,
                        "The guard unique(" + String.join(", ", rule.columns()) + ") is on the column '" + column.name()
                                + "' (" + RedshiftSql.type(type)
                                + "), whose values cannot be told apart exactly; name columns of other types.");
            }
        }
        return new UniqueKeys(
                rule, staging, rule.columns().stream().map(RedshiftSql::quoted).collect(Collectors.joining(", ")));
    }

    /** Asks how many keys stand in more than one row, and how many rows these are. */
    List<String> counts() {
        String groups = " FROM (SELECT COUNT(*) AS n FROM " + RedshiftSql.quoted(staging) + " GROUP BY " + list
                + " HAVING COUNT(*) > 1) AS doubled";
        return List.of("SELECT COUNT(*)" + groups, "SELECT COALESCE(SUM(n), 0)" + groups);
    }

    private String examples() {
        return "SELECT " + list + ", COUNT(*) AS rows_with_this_key FROM " + RedshiftSql.quoted(staging) + " GROUP BY "
                + list + " HAVING COUNT(*) > 1 LIMIT " + MOST_SHOWN;
    }

    /**
     * Tells the rule what is found.
     *
     * @throws CaravanException if the rule fails the run
     */
    void check(Session session, Run run) {
        List<String> examples = new ArrayList<>();
        long keys;
        long rows = 0;
        try {
            keys = session.number(counts().get(0));
            if (keys > 0) {
                rows = session.number(counts().get(1));
                session.rows(examples()).forEach(row -> examples.add(KeyColumns.shown(row)));
            }
        } catch (SQLException e) {
            throw session.failure(Category.LOAD, "Looking for keys that stand twice in " + staging, e);
        }
        if (keys > 0) {
            rule.broken(run, keys, rows, examples);
        }
    }
}
