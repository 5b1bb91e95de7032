package org.caravan.sandbox.databricks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTable;
import org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Asks a foreign database what it holds, live, on a connection per question. Thread-safe. */
final class ForeignDatabase {
    /** Kinds of relation that a foreign catalog shows. */
    private static final Set<String> RELATIONS =
            Set.of("TABLE", "VIEW", "PARTITIONED TABLE", "MATERIALIZED VIEW", "FOREIGN TABLE");

    private final String catalog;
    private final ConnectionType type;
    private final Map<String, String> jdbc;

    /** @param jdbc url, driver, user and password */
    ForeignDatabase(String catalog, ConnectionType type, Map<String, String> jdbc) {
        this.catalog = catalog;
        this.type = type;
        this.jdbc = Map.copyOf(jdbc);
    }

    /**
     * The schemas. Of the database's own only those that users saw through federation:
     * {@code information_schema} (github.com/databrickslabs/lakebridge, issues 1379 and 2366), which is the foreign database's and
     * not Unity Catalog's, and in Redshift {@code pg_catalog}.
     */
    List<String> schemas() {
        try (Connection connection = connect();
                ResultSet rows = connection.getMetaData().getSchemas()) {
            List<String> schemas = new ArrayList<>();
            while (rows.next()) {
                String schema = rows.getString("TABLE_SCHEM");
                if (!schema.startsWith("pg_") || isSystem(schema)) {
                    schemas.add(schema);
                }
            }
            return schemas;
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** The tables and views of a schema, its name as the database spells it. */
    List<String> tables(String schema) {
        try (Connection connection = connect();
                ResultSet rows = connection.getMetaData().getTables(null, escape(connection, schema), "%", null)) {
            List<String> tables = new ArrayList<>();
            while (rows.next()) {
                String type = rows.getString("TABLE_TYPE");
                if ((RELATIONS.contains(type) || isSystem(schema))
                        && rows.getString("TABLE_SCHEM").equals(schema)) {
                    tables.add(rows.getString("TABLE_NAME"));
                }
            }
            return tables;
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** Whether a schema is the database's own, as far as they are shown. */
    boolean isSystem(String schema) {
        return schema.equalsIgnoreCase("information_schema")
                || type == ConnectionType.REDSHIFT && schema.equalsIgnoreCase("pg_catalog");
    }

    /** The table with its columns as they are now. */
    JDBCTable table(String schema, String table) {
        JDBCTableCatalog tables = new JDBCTableCatalog();
        tables.initialize(catalog, new CaseInsensitiveStringMap(jdbc));
        return (JDBCTable) tables.loadTable(Identifier.of(new String[] {schema}, table));
    }

    private Connection connect() throws SQLException {
        try {
            Class.forName(jdbc.get("driver"));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the driver " + jdbc.get("driver") + " is not on the class path", e);
        }
        return DriverManager.getConnection(jdbc.get("url"), jdbc.get("user"), jdbc.get("password"));
    }

    private static String escape(Connection connection, String name) throws SQLException {
        String escape = connection.getMetaData().getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private Refused unreachable(SQLException e) {
        Refused refused = new Refused(
                "FAILED_JDBC.CONNECTION",
                "HV000",
                "Failed JDBC " + jdbc.get("url") + " on the operation: reading the metadata of catalog " + catalog
                        + ": " + e.getMessage() + " (SQLState " + e.getSQLState() + ").");
        refused.initCause(e);
        return refused;
    }
}
