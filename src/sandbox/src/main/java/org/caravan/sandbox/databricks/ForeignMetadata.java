package org.caravan.sandbox.databricks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTable;

/**
 * What a foreign catalog knows of its database: the schemas, the tables of each schema and the columns of each table, each read
 * once, at first use, and kept until {@code REFRESH FOREIGN}.
 *
 * <p>Databricks says that changes "may be" invisible until then
 * (docs.databricks.com/aws/sql/language-manual/sql-ref-syntax-ddl-refresh-foreign); here they always are, so that a client that
 * forgets the refresh fails here first. Rows are never kept: every query reads them from the database.
 *
 * <p>Names ignore case and are spelt as the database spells them. Thread-safe.
 */
final class ForeignMetadata {
    private final ForeignDatabase database;
    private final Map<String, Schema> schemas = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private boolean listed;

    /** A schema; its tables are there once listed, with their columns once used. */
    private static final class Schema {
        private final String name;
        private final Map<String, Optional<JDBCTable>> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private boolean listed;

        private Schema(String name) {
            this.name = name;
        }
    }

    ForeignMetadata(ForeignDatabase database) {
        this.database = database;
    }

    /** Whether a schema is the database's own. */
    boolean isSystem(String schema) {
        return database.isSystem(schema);
    }

    synchronized List<String> schemas() {
        return known().values().stream().map(schema -> schema.name).toList();
    }

    /** The tables of a schema, or nothing when the schema is not known. */
    synchronized Optional<List<String>> tables(String schema) {
        return Optional.ofNullable(known().get(schema))
                .map(found -> List.copyOf(listed(found).tables.keySet()));
    }

    /** A table with its columns as first read, or nothing when it is not known. */
    synchronized Optional<JDBCTable> table(String schema, String table) {
        Schema found = known().get(schema);
        if (found == null) {
            return Optional.empty();
        }
        Map<String, Optional<JDBCTable>> tables = listed(found).tables;
        Optional<String> spelt =
                tables.keySet().stream().filter(table::equalsIgnoreCase).findFirst();
        return spelt.map(name -> tables.get(name).orElseGet(() -> {
            JDBCTable loaded = database.table(found.name, name);
            tables.put(name, Optional.of(loaded));
            return loaded;
        }));
    }

    /** Forgets everything. */
    synchronized void refresh() {
        schemas.clear();
        listed = false;
    }

    /** Forgets one schema and reads its list of tables anew; false when the database has no such schema. */
    synchronized boolean refresh(String schema) {
        known().remove(schema);
        Optional<String> spelt = spelling(database.schemas(), schema);
        spelt.ifPresent(name -> listed(schemas.computeIfAbsent(name, Schema::new)));
        return spelt.isPresent();
    }

    /** Forgets one table and reads it anew; false when the database has no such table. */
    synchronized boolean refresh(String schema, String table) {
        Optional<String> speltSchema = spelling(database.schemas(), schema);
        if (speltSchema.isEmpty()) {
            known().remove(schema);
            return false;
        }
        Schema found = known().computeIfAbsent(speltSchema.get(), Schema::new);
        Map<String, Optional<JDBCTable>> tables = listed(found).tables;
        tables.remove(table);
        Optional<String> spelt = spelling(database.tables(found.name), table);
        spelt.ifPresent(name -> tables.put(name, Optional.empty()));
        return spelt.isPresent();
    }

    private Map<String, Schema> known() {
        if (!listed) {
            database.schemas().forEach(name -> schemas.put(name, new Schema(name)));
            listed = true;
        }
        return schemas;
    }

    private Schema listed(Schema schema) {
        if (!schema.listed) {
            database.tables(schema.name).forEach(table -> schema.tables.put(table, Optional.empty()));
            schema.listed = true;
        }
        return schema;
    }

    private static Optional<String> spelling(List<String> names, String name) {
        return names.stream().filter(name::equalsIgnoreCase).findFirst();
    }
}
