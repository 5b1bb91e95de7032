package org.caravan.redshift;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;

/**
 * Where the statements of a publication go: to a session, or on a list of what is planned. A plan answers as an empty Redshift
 * does: no rows, and the number 0.
 */
interface Script {
    void execute(String sql) throws SQLException;

    /** Executes a statement that may wait for others to end with a table, within the time for waiting. */
    void await(String sql, TableName table) throws SQLException;

    /** Executes a statement that changes rows, and gives how many. */
    long update(String sql) throws SQLException;

    long number(String sql) throws SQLException;

    /** The values as text, by column label. */
    List<Map<String, Object>> rows(String sql) throws SQLException;

    /** The digest of the rows behind FROM, or of about one in so many. */
    String digest(String from, Columns columns, int sample) throws SQLException;
}
