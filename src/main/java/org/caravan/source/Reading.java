package org.caravan.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;
import org.caravan.source.postgres.CopyQuery;
import org.caravan.source.stream.ReadAhead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a query is read over a connection, and the reading of it; immutable.
 *
 * @param settings the first word of the connection's settings
 * @param mode what the route asks for
 * @param fetchSize rows that the driver fetches at a time for a result set
 */
record Reading(String settings, ReadMode mode, int fetchSize) {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    /**
     * Why a query is read through a result set; empty if it is read by COPY. May roll back the connection's transaction.
     *
     * @throws CaravanException if the route asks for COPY and it cannot serve
     */
    Optional<String> obstacle(Connection connection, String sql) throws SQLException {
        if (mode == ReadMode.RESULTSET) {
            return Optional.of("the route says read=resultset");
        }
        Optional<String> obstacle = CopyQuery.obstacle(connection, sql);
        if (obstacle.isPresent() && mode == ReadMode.COPY) {
            throw new CaravanException(
                    Category.CONFIG,
                    "The query cannot be read by COPY: " + obstacle.get()
                            + ". Leave read=copy out of caravan-query, which then reads through a result set.");
        }
        return obstacle;
    }

    /**
     * Begins to read.
     *
     * @param connection no transaction is under way; owned by the stream from the moment that it is returned
     * @param comment ends each statement
     */
    RowStream open(Connection connection, String sql, String comment, LongConsumer progress) throws SQLException {
        // Drivers stream only inside a transaction and with a fetch size (pgjdbc: "Getting results based on a cursor").
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        Optional<String> obstacle = obstacle(connection, sql);
        if (obstacle.isEmpty()) {
            return copy(connection, sql, comment, progress);
        }
        LOG.info("Reading through a result set: {}", obstacle.get());
        Statement statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        statement.setFetchSize(fetchSize);
        // The comment comes last, so that positions in the database's messages are those of the user's SQL.
        return new ResultSetRows(
                settings, connection, statement, statement.executeQuery(sql + "\n" + comment), progress);
    }

    private RowStream copy(Connection connection, String sql, String comment, LongConsumer progress)
            throws SQLException {
        CopyQuery query = CopyQuery.describe(settings, connection, sql + "\n" + comment);
        Columns columns = ColumnTypes.of(query.metadata());
        LOG.info("Reading by COPY");
        return new ReadAhead(query.open(columns, new RowCells(settings, columns)), "caravan-read", progress);
    }
}
