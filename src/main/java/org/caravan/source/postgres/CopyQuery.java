package org.caravan.source.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import org.caravan.schema.Columns;
import org.caravan.source.stream.BatchReader;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.QueryExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query that a PostgreSQL server has described and can send by COPY, in one transaction that only reads and sees one state.
 * Does not own the connection; the reader that {@link #open} gives does.
 */
public final class CopyQuery {
    private static final Logger LOG = LoggerFactory.getLogger(CopyQuery.class);
    /** SQLSTATEs; see PostgreSQL's manual, "PostgreSQL Error Codes". */
    private static final String SYNTAX_ERROR = "42601";

    private static final String NOT_SUPPORTED = "0A";
    private static final Set<String> COPIED = Set.of("SELECT", "VALUES", "WITH", "TABLE");

    private final String settings;
    private final Connection connection;
    private final BaseConnection postgres;
    private final String sql;
    private final ResultSetMetaData metadata;

    private CopyQuery(
            String settings, Connection connection, BaseConnection postgres, String sql, ResultSetMetaData metadata) {
        this.settings = settings;
        this.connection = connection;
        this.postgres = postgres;
        this.sql = sql;
        this.metadata = metadata;
    }

    /** Why a query cannot be read by COPY over this connection; empty if it can. May roll back the connection's transaction. */
    public static Optional<String> obstacle(Connection connection, String sql) throws SQLException {
        Optional<String> server = CopyServer.obstacle(connection);
        if (server.isPresent()) {
            return server;
        }
        if (parse(connection.unwrap(BaseConnection.class), sql).query.getSubqueries() != null) {
            return Optional.of("it is several statements, and COPY takes one");
        }
        String first = SqlText.firstWord(sql);
        return COPIED.contains(first)
                ? Optional.empty()
                : Optional.of("it begins with " + (first.isEmpty() ? "no word" : first)
                        + ", and COPY takes only SELECT, VALUES, WITH and TABLE");
    }

    /** The query as the driver sends it: without JDBC escapes, and without semicolons at its end. */
    private static CachedQuery parse(BaseConnection postgres, String sql) throws SQLException {
        return postgres.createQuery(sql, true, false);
    }

    /**
     * Begins the transaction and has the server describe the query, without running it.
     *
     * @param settings the first word of the connection's settings
     * @param connection a connection for which there is no {@link #obstacle}, in a transaction that has not begun
     * @throws SQLException if the query is wrong
     */
    public static CopyQuery describe(String settings, Connection connection, String sql) throws SQLException {
        BaseConnection postgres = connection.unwrap(BaseConnection.class);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        }
        // Kept open: the metadata asks its result set's connection for the types' names.
        BaseStatement statement = (BaseStatement) postgres.createStatement();
        CachedQuery query = parse(postgres, sql);
        statement.executeWithFlags(query, QueryExecutor.QUERY_DESCRIBE_ONLY);
        ResultSet described = statement.getResultSet();
        if (described == null) {
            throw new SQLException("No results were returned by the query.", "02000");
        }
        return new CopyQuery(settings, connection, postgres, query.query.getNativeSql(), described.getMetaData());
    }

    /** What the server says of the query's columns: the same as of its result set. */
    public ResultSetMetaData metadata() {
        return metadata;
    }

    /**
     * Starts the COPY.
     *
     * @param columns what is made of the query's columns, in their order
     * @param otherReader reads the values that are not plain
     * @return nothing, with the transaction rolled back, if the server describes the query but does not take it in a COPY
     */
    public Optional<BatchReader> open(Columns columns, CellReader otherReader) throws SQLException {
        // The driver may ask the catalogue for a type's name, which it cannot while it copies.
        DriverRows driverRows = new DriverRows(postgres, metadata);
        Cell[] cells = cells(columns);
        try {
            // The line feed ends a comment at the query's end.
            CopyOut copy = postgres.getCopyAPI().copyOut("COPY (" + sql + "\n) TO STDOUT");
            return Optional.of(
                    new CopyRows(settings, connection, postgres, copy, columns, cells, driverRows, otherReader));
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (!state.equals(SYNTAX_ERROR) && !state.startsWith(NOT_SUPPORTED)) {
                throw e;
            }
            LOG.info("The server takes no COPY of the query: {}", e.getMessage());
            connection.rollback();
            return Optional.empty();
        }
    }

    private Cell[] cells(Columns columns) throws SQLException {
        Cell[] cells = new Cell[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = Cells.of(columns.get(i).type(), metadata.getColumnTypeName(i + 1));
        }
        return cells;
    }
}
