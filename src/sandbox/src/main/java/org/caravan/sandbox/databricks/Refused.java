package org.caravan.sandbox.databricks;

/**
 * A statement that the warehouse refuses on its own account, before or instead of Spark: the error condition and SQLState that
 * Databricks documents for it (docs.databricks.com, "Error conditions"), and what to do.
 */
final class Refused extends RuntimeException {
    private final String sqlState;

    Refused(String condition, String sqlState, String message) {
        super("[" + condition + "] " + message + " SQLSTATE: " + sqlState);
        this.sqlState = sqlState;
    }

    /** The text is not a statement of the SQL dialect. */
    static Refused syntax(String message) {
        return new Refused("PARSE_SYNTAX_ERROR", "42601", message);
    }

    /** A write through a foreign catalog, which federation does not offer. */
    static Refused readOnly(String operation, String object) {
        return new Refused(
                "UNSUPPORTED_FEATURE.TABLE_OPERATION",
                "0A000",
                "The feature is not supported: " + operation + " on " + object
                        + ": foreign catalogs are read-only; change the data in Amazon Redshift.");
    }

    static Refused schemaNotFound(String catalog, String schema) {
        return new Refused(
                "SCHEMA_NOT_FOUND",
                "42704",
                "The schema `" + catalog + "`.`" + schema + "` cannot be found in the foreign database.");
    }

    static Refused tableNotFound(String catalog, String schema, String table) {
        return new Refused(
                "TABLE_OR_VIEW_NOT_FOUND",
                "42P01",
                "The table or view `" + catalog + "`.`" + schema + "`.`" + table
                        + "` cannot be found in the foreign database.");
    }

    String sqlState() {
        return sqlState;
    }
}
