package org.caravan.source;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.TimeZone;

/** What becomes of each type of one make of database, as its driver describes it. Stateless. */
@FunctionalInterface
interface SourceTypes {
    /** What becomes of a column. In messages, {@code columns.x} stands for the column's settings. */
    SourceType of(JdbcColumn column);

    /** The types of the database at the other end of a connection. */
    static SourceTypes of(DatabaseMetaData database) throws SQLException {
        String product = database.getDatabaseProductName().toLowerCase(Locale.ROOT);
        boolean fixedZone = TimeZone.getDefault().toZoneId().getRules().isFixedOffset();
        if (product.contains("redshift")) {
            return new RedshiftTypes();
        }
        if (product.contains("postgres")) {
            return new PostgresTypes();
        }
        if (product.contains("mysql") || product.contains("mariadb")) {
            return new MySqlTypes(String.valueOf(database.getURL()));
        }
        if (product.contains("microsoft sql server")) {
            return new SqlServerTypes();
        }
        if (product.contains("oracle")) {
            return new OracleTypes();
        }
        if (product.contains("snowflake")) {
            return new SnowflakeTypes(fixedZone);
        }
        if (product.contains("databricks") || product.contains("spark")) {
            return new DatabricksTypes(fixedZone);
        }
        return new CommonTypes();
    }
}
