package org.caravan.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;
import org.caravan.source.parameter.Bindings;
import org.caravan.source.postgres.CopyQuery;
import org.caravan.source.stream.BatchReader;
import org.caravan.source.stream.ReadAhead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a query is read over a connection, and the reading of it; immutable.
 *
 * @param settings the first word of the connection's settings
 * @param mode what the route asks for
 * @param fetchSize rows that the driver fetches at a time for a result set
 * @param overrides what the route says of single columns
 * @param bindings the values of the parameters that statements have
 */
record Fetching(String settings, ReadMode mode, int fetchSize, ColumnOverrides overrides, Bindings bindings) {
    private static final Logger LOG = LoggerFactory.getLogger(Fetching.class);
    /** The name of the threads that read. */
    static final String THREAD = "caravan-read";

    private static final String REFUSED = "the server describes the query but does not take it in a COPY";

    /** How a query without parameters is read. */
    Fetching(String settings, ReadMode mode, int fetchSize, ColumnOverrides overrides) {
        this(settings, mode, fetchSize, overrides, Bindings.NONE);
    }

    /** The same for statements that have no parameters any more. */
    Fetching bound() {
        return new Fetching(settings, mode, fetchSize, overrides);
    }

    /**
     * Why a query is read through a result set; empty if it is read by COPY. May roll back the connection's transaction.
     *
     * @throws CaravanException if the route asks for COPY and it cannot serve
     */
    Optional<String> obstacle(Connection connection, String sql) throws SQLException {
        if (mode == ReadMode.RESULTSET) {
            return Optional.of("the route says read=resultset");
        }
        Optional<String> secret = bindings.secret().map(Fetching::kept);
        if (secret.isPresent() && mode == ReadMode.COPY) {
            throw noCopy(secret.get());
        }
        if (secret.isPresent()) {
            return secret;
        }
        Optional<String> obstacle = CopyQuery.obstacle(connection, sql);
        if (obstacle.isPresent() && mode == ReadMode.COPY) {
            throw noCopy(obstacle.get());
        }
        return obstacle;
    }

    /** Why a parameter is not put into the text of a statement. */
    static String kept(String parameter) {
        return "the parameter '" + parameter
                + "' is a secret by its name, and would stand in the text of the statement, which"
                + " the source's log and its list of sessions show";
    }

    /**
     * Begins to read.
     *
     * @param connection no transaction is under way; owned by the stream from the moment that it is returned
     * @param comment ends each statement
     * @param expected is told how many rows will come, if the source can estimate it
     */
    RowStream open(
            Connection connection,
            String sql,
            String comment,
            LongConsumer progress,
            LongConsumer expected,
            Alterations alterations)
            throws SQLException {
        begin(connection);
        String statement = commented(sql, comment);
        Optional<String> obstacle = obstacle(connection, statement);
        Optional<BatchReader> copied =
                obstacle.isPresent() ? Optional.empty() : copy(connection, statement, expected, alterations);
        if (copied.isEmpty()) {
            LOG.info("Reading through a result set: {}", obstacle.orElse(REFUSED));
        }
        BatchReader reader = copied.isPresent() ? copied.get() : resultSet(connection, statement, alterations);
        return new ReadAhead(reader, THREAD, progress);
    }

    /** Sets a connection up; no transaction begins yet. */
    static void begin(Connection connection) throws SQLException {
        // Drivers stream only inside a transaction and with a fetch size (pgjdbc: "Getting results based on a cursor").
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
    }

    /** A statement with the run's comment, which comes last, so that positions in the database's messages are those of the user's SQL. */
    static String commented(String sql, String comment) {
        return sql + "\n" + comment;
    }

    /**
     * The rows of one slice of a query, in the transaction that is under way.
     *
     * @param obstacle why COPY cannot serve, if so
     */
    BatchReader slice(Connection connection, String sql, Optional<String> obstacle, Alterations alterations)
            throws SQLException {
        return obstacle.isPresent()
                ? resultSet(connection, sql, alterations)
                : copy(connection, sql, rows -> {}, alterations)
                        .orElseThrow(() -> new CaravanException(
                                Category.CONFIG,
                                "The query cannot be read by COPY: " + REFUSED
                                        + ". Set read=resultset on caravan-query."));
    }

    private Optional<BatchReader> copy(
            Connection connection, String sql, LongConsumer expected, Alterations alterations) throws SQLException {
        CopyQuery query = CopyQuery.describe(settings, connection, sql);
        List<ReadColumn> read = columns(connection, query.metadata(), alterations);
        Columns columns = new Columns(read.stream().map(ReadColumn::column).toList());
        query.expectedRows().ifPresent(expected);
        Optional<BatchReader> reader = query.open(columns, new RowCells(settings, read, alterations));
        if (reader.isEmpty() && mode == ReadMode.COPY) {
            throw noCopy(REFUSED);
        }
        return reader;
    }

    private BatchReader resultSet(Connection connection, String sql, Alterations alterations) throws SQLException {
        Statement statement = bindings.statement(connection, sql);
        FetchRule rule = FetchRule.of(connection.getMetaData(), fetchSize);
        rule.advice().ifPresent(advice -> LOG.warn("Reading from the data source '{}': {}", settings, advice));
        statement.setFetchSize(rule.fetchSize());
        ResultSet rows = bindings.execute(statement, sql);
        List<ReadColumn> read = columns(connection, rows.getMetaData(), alterations);
        return new ResultSetRows(settings, connection, statement, rows, read, alterations);
    }

    private List<ReadColumn> columns(Connection connection, ResultSetMetaData metadata, Alterations alterations)
            throws SQLException {
        List<ReadColumn> read = ReadColumns.of(metadata, SourceTypes.of(connection.getMetaData()), overrides);
        alterations.described(read.stream().map(ReadColumn::source).toList());
        return read;
    }

    private static CaravanException noCopy(String reason) {
        return new CaravanException(
                Category.CONFIG,
                "The query cannot be read by COPY: " + reason
                        + ". Leave read=copy out of caravan-query, which then reads through a result set.");
    }
}
