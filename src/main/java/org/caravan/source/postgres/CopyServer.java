package org.caravan.source.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PreferQueryMode;

/** Says whether what is at the other end of a connection, and what is between, can be read by COPY; stateless. */
final class CopyServer {
    private static final String DRIVER = "PostgreSQL JDBC Driver";
    private static final Pattern VERSION = Pattern.compile("PostgreSQL (\\d+)");
    /** The oldest server that is tested against; see PostgreSQL's versioning policy for those that live. */
    private static final int OLDEST = 10;

    /** Systems that speak PostgreSQL's protocol and call themselves so, but have a COPY, or types, of their own. */
    private static final List<String> RELATIVES =
            List.of("Redshift", "Greenplum", "-YB-", "Materialize", "QuestDB", "CockroachDB");

    private CopyServer() {}

    static Optional<String> obstacle(Connection connection) throws SQLException {
        String product = String.valueOf(connection.getMetaData().getDatabaseProductName());
        if (!product.equals("PostgreSQL")) {
            return Optional.of("the source is " + product + ", and only PostgreSQL has COPY TO STDOUT");
        }
        String driver = String.valueOf(connection.getMetaData().getDriverName());
        if (!driver.equals(DRIVER)) {
            return Optional.of("the driver is '" + driver + "', and only '" + DRIVER + "' gives access to COPY");
        }
        if (!connection.isWrapperFor(BaseConnection.class)) {
            return Optional.of("the data source's connections do not unwrap to the PostgreSQL driver's own");
        }
        BaseConnection postgres = connection.unwrap(BaseConnection.class);
        if (postgres.getPreferQueryMode() == PreferQueryMode.SIMPLE) {
            return Optional.of(
                    "the connection has preferQueryMode=simple, in which no query can be described beforehand");
        }
        if (!postgres.getEncoding().name().equals("UTF-8")) {
            return Optional.of("the connection's client_encoding is "
                    + postgres.getEncoding().name() + ", not UTF-8");
        }
        return version(connection);
    }

    private static Optional<String> version(Connection connection) throws SQLException {
        String version;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version()")) {
            version = rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
        if (!connection.getAutoCommit()) {
            // The transaction that reads the query begins after this one.
            connection.rollback();
        }
        Matcher matcher = VERSION.matcher(version);
        boolean known = matcher.lookingAt()
                && Integer.parseInt(matcher.group(1)) >= OLDEST
                && RELATIVES.stream().noneMatch(version::contains);
        return known
                ? Optional.empty()
                : Optional.of("the server says that it is '" + version + "', and COPY is used with PostgreSQL " + OLDEST
                        + " and newer only");
    }
}
