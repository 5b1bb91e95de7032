package org.caravan.source.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PreferQueryMode;

/** Says whether what is at the other end of a connection, and what is between, can be read by COPY; stateless. */
final class CopyServer {
    private static final String DRIVER = "PostgreSQL JDBC Driver";

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
        String version = PostgresServer.version(connection);
        return PostgresServer.isPostgres(version)
                ? Optional.empty()
                : Optional.of("the server says that it is '" + version + "', and COPY is used with PostgreSQL "
                        + PostgresServer.OLDEST + " and newer only");
    }
}
