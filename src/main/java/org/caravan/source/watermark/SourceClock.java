package org.caravan.source.watermark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks a database what time it is. PostgreSQL and DuckDB are tested; the others by what their makers say of these functions.
 * Stateless.
 */
enum SourceClock {
    POSTGRESQL("postgresql", "SELECT CURRENT_TIMESTAMP", false),
    DUCKDB("duckdb", "SELECT CURRENT_TIMESTAMP", false),
    MYSQL("mysql", "SELECT UTC_TIMESTAMP(6)", true),
    MARIADB("mariadb", "SELECT UTC_TIMESTAMP(6)", true),
    SQL_SERVER("microsoft sql server", "SELECT SYSUTCDATETIME()", true),
    ORACLE("oracle", "SELECT SYS_EXTRACT_UTC(SYSTIMESTAMP) FROM DUAL", true);

    private final String product;
    private final String sql;
    /** Whether the answer is UTC without saying so. */
    private final boolean local;

    SourceClock(String product, String sql, boolean local) {
        this.product = product;
        this.sql = sql;
        this.local = local;
    }

    /** The clock of a database; empty if it is not known how to ask it. */
    static Optional<SourceClock> of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        for (SourceClock clock : values()) {
            if (name.contains(clock.product)) {
                return Optional.of(clock);
            }
        }
        return Optional.empty();
    }

    /** The statement that asks. */
    String sql() {
        return sql;
    }

    /** What time it is there, in UTC. */
    OffsetDateTime now(Connection connection, String comment) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql + "\n" + comment)) {
            rows.next();
            return local
                    ? rows.getObject(1, LocalDateTime.class).atOffset(ZoneOffset.UTC)
                    : rows.getObject(1, OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC);
        }
    }
}
