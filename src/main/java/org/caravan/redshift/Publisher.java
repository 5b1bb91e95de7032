package org.caravan.redshift;

import java.sql.SQLException;
import java.util.List;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;
import org.caravan.schema.TableName;

/**
 * Makes a run visible: in one transaction the target's rows are deleted and the staging table's inserted, so that views and grants
 * live and readers see yesterday's rows until the commit. TRUNCATE would commit at once, and LOCK would stop readers. Stateless.
 */
final class Publisher {
    private Publisher() {}

    /** The statements that replace the target's rows, in one transaction. */
    static List<String> replacement(TableName staging, Columns staged, TableName target) {
        String table = RedshiftSql.quoted(target);
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + table + " ("
                        + RedshiftSql.definitions(staged.stored(type -> Storage.AS_IS)) + ")",
                "DELETE FROM " + table,
                "INSERT INTO " + table + " (" + RedshiftSql.columnList(staged) + ") SELECT "
                        + RedshiftSql.stagingToTarget(staged) + " FROM " + RedshiftSql.quoted(staging));
    }

    /** Counts a table's rows. */
    static String count(TableName table) {
        return "SELECT COUNT(*) FROM " + RedshiftSql.quoted(table);
    }

    /** Replaces the rows of the target by those of the staging table; creates the target if there is none. */
    static void replace(Session session, Run run, TableName staging, Columns staged, TableName target, long expected) {
        try {
            for (String statement : replacement(staging, staged, target)) {
                session.execute(statement);
            }
            long rows = session.number(count(target));
            if (rows != expected) {
                throw new CaravanException(
                        Category.PUBLISH,
                        "Inside the publish transaction " + target + " has " + rows + " rows instead of " + expected
                                + "; it is rolled back and readers see the rows of before.");
            }
            session.commit();
        } catch (SQLException e) {
            throw session.failure(
                    Category.PUBLISH,
                    "Replacing the rows of " + target + " by those of run " + run.id() + " (the target keeps its rows)",
                    e);
        }
    }

    /** Drops the staging table of a run that is over. */
    static void dropStaging(Session session, TableName staging) throws SQLException {
        session.execute("DROP TABLE IF EXISTS " + RedshiftSql.quoted(staging));
        session.commit();
    }
}
