package org.caravan.source.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravan.source.split.Split;

/**
 * Cuts a query of one table by where the table's rows lie: each slice reads its own pages. Stateless.
 *
 * <p>A row that a state shows stays where it is as long as a transaction holds that state and has read the table: an update makes
 * another row, which the state does not show, and whatever moves rows waits for the transaction's lock.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-system-columns.html">System columns</a>
 */
final class CtidSplit {
    /** The first server that reads only the pages of a range. */
    private static final int FIRST_WITH_RANGE_SCAN = 14;

    private static final Set<String> SCANS = Set.of("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan");

    private final Connection connection;
    private final String sql;

    CtidSplit(Connection connection, String sql) {
        this.connection = connection;
        this.sql = sql;
    }

    /** Why the query cannot be cut so; empty if it can. */
    Optional<String> obstacle(QueryPlan plan) throws SQLException {
        Optional<PlainSelect> select = PlainSelect.of(sql);
        if (select.isEmpty()) {
            return Optional.of("it is not plainly SELECT … FROM <one table> WHERE …");
        }
        PagedTable table = PagedTable.of(connection, select.get());
        if (table.obstacle().isPresent()) {
            return table.obstacle();
        }
        // A condition has no aggregate; without it the plan shows whether the list has.
        String outermost =
                QueryPlan.of(connection, select.get().withoutCondition()).outermost();
        if (!SCANS.contains(outermost)) {
            return Optional.of(
                    "its list is more than one row for each of the table: the server's plan is " + outermost);
        }
        return Repeatable.obstacle(connection, sql, plan);
    }

    /** Why cutting would cost more than it gains; empty if it is worth it. */
    Optional<String> waste(QueryPlan plan) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < FIRST_WITH_RANGE_SCAN) {
            return Optional.of("PostgreSQL " + version + " reads the whole table for each range of its pages, "
                    + FIRST_WITH_RANGE_SCAN + " and newer do not");
        }
        String outermost = plan.outermost();
        return outermost.equals("Seq Scan")
                ? Optional.empty()
                : Optional.of("the server does not read the whole table for it, but plans " + outermost);
    }

    /** The slices of a query for which there is no {@link #obstacle}. */
    Split slices(int count) throws SQLException {
        PlainSelect select = PlainSelect.of(sql).orElseThrow();
        long pages = PagedTable.of(connection, select).pages();
        int slices = (int) Math.min(count, pages);
        if (slices < 2) {
            return Split.whole(sql, "the table " + select.table() + " has " + pages + " pages");
        }
        String ctid = select.row() + ".ctid";
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < slices; i++) {
            String from = ctid + " >= '(" + pages * i / slices + ",0)'::tid";
            String to = ctid + " < '(" + pages * (i + 1) / slices + ",0)'::tid";
            // The last has no end: pages that were added after they were counted belong to it.
            statements.add(select.with(i == 0 ? to : i == slices - 1 ? from : from + " AND " + to));
        }
        return new Split(statements, "ranges of the " + pages + " pages of " + select.table(), Optional.empty());
    }
}
