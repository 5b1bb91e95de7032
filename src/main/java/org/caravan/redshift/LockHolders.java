package org.caravan.redshift;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.caravan.schema.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds a table, as far as Redshift shows it to this user; stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_TRANSACTIONS.html">SVV_TRANSACTIONS</a>
 */
final class LockHolders {
    private static final Logger LOG = LoggerFactory.getLogger(LockHolders.class);

    private LockHolders() {}

    /** A sentence for an error; rolls the session back. */
    static String of(Session session, TableName table) {
        try {
            session.rollback();
            List<String> holders = session
                    .rows("SELECT DISTINCT v.pid, v.txn_owner AS owner, v.txn_start AS since, v.lock_mode AS mode"
                            + " FROM svv_transactions v JOIN pg_class c ON c.oid = v.relation"
                            + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE v.granted AND n.nspname = "
                            + RedshiftSql.literal(table.schema()) + " AND c.relname = "
                            + RedshiftSql.literal(table.table()) + " ORDER BY 3, 1, 4")
                    .stream()
                    .map(row -> "session " + row.get("pid") + " of user "
                            + String.valueOf(row.get("owner")).strip() + ", in a transaction since "
                            + row.get("since") + " UTC ("
                            + String.valueOf(row.get("mode")).strip() + ")")
                    .collect(Collectors.toList());
            return holders.isEmpty()
                    ? "Redshift shows no holder to this user now; ask an administrator for SVV_TRANSACTIONS."
                    : "It is held by " + String.join("; ", holders) + ".";
        } catch (SQLException e) {
            LOG.debug("The holders of {} cannot be read", table, e);
            return "Redshift does not show this user who holds it.";
        }
    }
}
