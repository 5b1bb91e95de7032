package org.caravan.sandbox.databricks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.types.DecimalType;

/** What a session can see: Spark's own catalog and the foreign ones, by Spark's catalog interface. Short-lived. */
final class Catalogs {
    /** A column of a table; {@code position} counts from 1. */
    record Column(String name, org.apache.spark.sql.types.DataType type, boolean nullable, int position) {
        /** The column as SHOW COLUMNS tells it. */
        Row row(String catalog, String schema, String table) {
            Integer size = type instanceof DecimalType decimal ? (Integer) decimal.precision() : null;
            Integer digits = type instanceof DecimalType decimal ? (Integer) decimal.scale() : null;
            return RowFactory.create(
                    name,
                    catalog,
                    schema,
                    table,
                    type.sql(),
                    size,
                    digits,
                    null,
                    nullable ? "true" : "false",
                    null,
                    position,
                    "NO",
                    "NO");
        }
    }

    private final SparkSession session;
    private final Federation federation;
    private final Access access;

    Catalogs(SparkSession session, Federation federation, Access access) {
        this.session = session;
        this.federation = federation;
        this.access = access;
    }

    /** The catalogs that the principal has any privilege on or in. */
    List<String> names() {
        return names(catalog -> access.sees(Securable.catalog(catalog)));
    }

    /** The catalogs that the principal may look into. */
    List<String> usable() {
        return names(catalog -> access.has(Privilege.USE_CATALOG, Securable.catalog(catalog)));
    }

    private List<String> names(Predicate<String> visible) {
        return Stream.concat(
                        Stream.of(SparkEngine.SESSION_CATALOG),
                        federation.catalogNames().stream().filter(visible))
                .sorted()
                .toList();
    }

    List<String> schemas(String catalog) {
        CatalogPlugin plugin = plugin(catalog);
        try {
            return Arrays.stream(((SupportsNamespaces) plugin).listNamespaces())
                    .map(parts -> parts[0])
                    .toList();
        } catch (NoSuchNamespaceException e) {
            throw new IllegalStateException("catalog " + catalog + " has no root", e);
        }
    }

    List<String> tables(String catalog, String schema) {
        try {
            return Arrays.stream(((TableCatalog) plugin(catalog)).listTables(new String[] {schema}))
                    .map(Identifier::name)
                    .toList();
        } catch (NoSuchNamespaceException e) {
            return List.of();
        }
    }

    /** The columns of a table; none of a foreign table while Unity Catalog is told to have no metadata of them. */
    List<Column> columns(String catalog, String schema, String table) {
        if (federation.hidesColumns() && !catalog.equalsIgnoreCase(SparkEngine.SESSION_CATALOG)) {
            return List.of();
        }
        try {
            org.apache.spark.sql.connector.catalog.Column[] found = ((TableCatalog) plugin(catalog))
                    .loadTable(Identifier.of(new String[] {schema}, table))
                    .columns();
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < found.length; i++) {
                columns.add(new Column(found[i].name(), found[i].dataType(), found[i].nullable(), i + 1));
            }
            return columns;
        } catch (NoSuchTableException e) {
            return List.of();
        }
    }

    private CatalogPlugin plugin(String catalog) {
        if (!catalog.equalsIgnoreCase(SparkEngine.SESSION_CATALOG)) {
            federation.catalog(catalog);
        }
        return session.sessionState().catalogManager().catalog(catalog.toLowerCase(java.util.Locale.ROOT));
    }
}
