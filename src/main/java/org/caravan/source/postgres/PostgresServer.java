package org.caravan.source.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says whether a server is PostgreSQL itself; stateless. */
final class PostgresServer {
    /** The oldest server that is tested against; see PostgreSQL's versioning policy for those that live. */
    static final int OLDEST = 10;

    private static final Pattern VERSION = Pattern.compile("PostgreSQL (\\d+)");

    /** Systems that speak PostgreSQL's protocol and call themselves so, but have a COPY, or types, of their own. */
    private static final List<String> RELATIVES =
            List.of("Redshift", "Greenplum", "-YB-", "Materialize", "QuestDB", "CockroachDB");

    private PostgresServer() {}

    /** What the server calls itself. Rolls back the connection's transaction. */
    static String version(Connection connection) throws SQLException {
        String version;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version()")) {
            version = rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
        if (!connection.getAutoCommit()) {
            // The transaction that reads the query begins after this one.
            connection.rollback();
        }
        return version;
    }

    /** Whether that is PostgreSQL, and not too old. */
    static boolean isPostgres(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.lookingAt()
                && Integer.parseInt(matcher.group(1)) >= OLDEST
                && RELATIVES.stream().noneMatch(version::contains);
    }

    /** Why the connections of a source cannot share one state of it; empty if they can. May roll back the transaction. */
    static Optional<String> stateObstacle(Connection connection) throws SQLException {
        String product = String.valueOf(connection.getMetaData().getDatabaseProductName());
        if (!product.equals("PostgreSQL")) {
            return Optional.of("the source is " + product);
        }
        String version = version(connection);
        return isPostgres(version)
                ? Optional.empty()
                : Optional.of("the server says that it is '" + version + "', not PostgreSQL " + OLDEST + " or newer");
    }
}
