package org.caravan.redshift;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.RowFinder;
import org.caravan.ledger.Run;
import org.caravan.ledger.Scope;
import org.caravan.ledger.Step;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;

/**
 * Compares the rows of a run's staging table with those of a second COPY of its files, or those of the target with the staging
 * table's, in Redshift. What it makes for that it takes back.
 */
final class DifferingRows implements RowFinder {
    private static final int LONGEST_VALUE = 60;
    private static final int MOST_COLUMNS_SHOWN = 20;
    /** How long each statement of a comparison may take: who waits for it knows already that the run has failed. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String SIDE = "caravan_side";

    private final Warehouse warehouse;
    private final Loader loader;
    private final Run run;
    private final TableName staging;
    private final Columns staged;

    DifferingRows(Warehouse warehouse, Loader loader, Run run, TableName staging, Columns staged) {
        this.warehouse = bounded(warehouse);
        this.loader = loader;
        this.run = run;
        this.staging = staging;
        this.staged = staged;
    }

    private static Warehouse bounded(Warehouse warehouse) {
        Duration limit = warehouse.statementTimeout();
        return limit.isZero() || limit.compareTo(LONGEST) > 0
                ? new Warehouse(warehouse.dataSource(), warehouse.settings(), LONGEST)
                : warehouse;
    }

    @Override
    public String find(TableName table, int most) {
        boolean ofStaging = table.equals(staging);
        if (!ofStaging && !(run.scope() instanceof Scope.Whole)) {
            return "Which rows differ is not looked for: the table holds others' rows too.";
        }
        String other = ofStaging ? "a second COPY of the run's files" : "the staging table " + staging;
        try (Session session = Session.open(warehouse, run, Step.VERIFY)) {
            List<Map<String, Object>> rows;
            try {
                rows = session.rows(ofStaging ? withFiles(session, most) : withStaging(table, most));
            } catch (SQLException e) {
                throw session.failure(Category.VERIFY, "Comparing " + table + " with " + other, e);
            }
            return said(other, rows, most);
        } catch (CaravanException e) {
            return "Which rows differ cannot be told: " + e.getMessage();
        }
    }

    private String withFiles(Session session, int most) throws SQLException {
        TableName again = new TableName(staging.schema(), staging.table() + "_again");
        session.execute("CREATE TABLE " + RedshiftSql.quoted(again) + " (" + RedshiftSql.definitions(staged)
                + ") DISTSTYLE EVEN");
        if (!run.parts().isEmpty()) {
            session.execute(loader.copyCommand(run, again, staged).sql());
        }
        List<Column> columns = comparable(staged);
        return comparison(columns, selected(columns), staging, selected(columns), again, most);
    }

    private String withStaging(TableName target, int most) {
        List<Column> columns = comparable(staged);
        List<String> published = columns.stream()
                .map(column ->
                        RedshiftSql.published(column, staging.table()) + " AS " + RedshiftSql.quoted(column.name()))
                .toList();
        return comparison(columns, selected(columns), target, published, staging, most);
    }

    /** SUPER cannot be grouped by its value. */
    private static List<Column> comparable(Columns staged) {
        return staged.stream()
                .filter(column -> !(column.type() instanceof ColumnType.Super))
                .toList();
    }

    private static List<String> selected(List<Column> columns) {
        return columns.stream().map(column -> RedshiftSql.quoted(column.name())).toList();
    }

    /** Rows that are on both sides equally often cancel out; the others tell how much more often they are in the table. */
    private static String comparison(
            List<Column> columns, List<String> found, TableName table, List<String> wanted, TableName other, int most) {
        String names = String.join(", ", selected(columns));
        String order = IntStream.rangeClosed(1, Math.min(3, columns.size()))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        return "SELECT " + names + ", SUM(" + SIDE + ") AS " + SIDE + " FROM (SELECT " + String.join(", ", found)
                + ", 1 AS " + SIDE + " FROM " + RedshiftSql.quoted(table) + " UNION ALL SELECT "
                + String.join(", ", wanted) + ", -1 AS " + SIDE + " FROM " + RedshiftSql.quoted(other)
                + ") sides GROUP BY "
                + names + " HAVING SUM(" + SIDE + ") <> 0 ORDER BY " + order + " LIMIT " + most;
    }

    private static String said(String other, List<Map<String, Object>> rows, int most) {
        if (rows.isEmpty()) {
            return "Compared in Redshift with " + other
                    + ", no row of it differs: the rows were other before (but for JSON and trailing blanks, which are not"
                    + " compared here), or are read otherwise.";
        }
        List<String> shown = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            long side = Long.parseLong(String.valueOf(row.get(SIDE)));
            String times = Math.abs(side) == 1 ? "" : Math.abs(side) + " times ";
            shown.add((side > 0 ? "+ " : "- ") + times + "(" + values(row) + ")");
        }
        return "Rows that are in it and not in " + other + " (+), or the other way round (-)"
                + (rows.size() == most ? ", the first " + most : "") + ": " + String.join(" ", shown) + ".";
    }

    private static String values(Map<String, Object> row) {
        List<String> values = new ArrayList<>();
        row.forEach((column, value) -> {
            if (!column.equals(SIDE)) {
                values.add(column + "=" + shown(value));
            }
        });
        return values.size() <= MOST_COLUMNS_SHOWN
                ? String.join(", ", values)
                : String.join(", ", values.subList(0, MOST_COLUMNS_SHOWN)) + ", …";
    }

    private static String shown(Object value) {
        if (value == null) {
            return "NULL";
        }
        String text = value.toString();
        return text.codePointCount(0, text.length()) > LONGEST_VALUE
                ? "'" + text.substring(0, text.offsetByCodePoints(0, LONGEST_VALUE)) + "…'"
                : "'" + text + "'";
    }
}
