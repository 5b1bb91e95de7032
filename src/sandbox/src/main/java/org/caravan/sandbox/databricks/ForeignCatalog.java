package org.caravan.sandbox.databricks;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.TableWritePrivilege;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A read-only foreign catalog as Spark sees it. Each Spark session makes its own instance, from a class name in its
 * configuration, and keeps it for good; so the instance holds nothing but a way to the shared {@link Federation}, and a catalog
 * that was dropped or made anew is seen as such by every session.
 */
public final class ForeignCatalog implements TableCatalog, SupportsNamespaces {
    private static final Map<String, Federation> WORKSPACES = new ConcurrentHashMap<>();
    private static final String WORKSPACE = "workspace";

    private static final String PRINCIPAL = "principal";
    private static final String ROLE = "role";

    // Set by initialize, which Spark calls before anything else.
    private String name;
    private Federation federation;
    private Access access;

    /** Makes a federation reachable from Spark's configuration; the settings name it. */
    static void register(String workspace, Federation federation) {
        WORKSPACES.put(workspace, federation);
    }

    static void forget(String workspace) {
        WORKSPACES.remove(workspace);
    }

    /** The settings that give a Spark session this catalog, with the privileges of its principal. */
    static Map<String, String> settings(String workspace, String catalog, Principal principal) {
        String key = "spark.sql.catalog." + catalog;
        return Map.of(
                key,
                ForeignCatalog.class.getName(),
                key + "." + WORKSPACE,
                workspace,
                key + "." + PRINCIPAL,
                principal.name(),
                key + "." + ROLE,
                principal.role().name());
    }

    @Override
    public void initialize(String catalog, CaseInsensitiveStringMap options) {
        name = catalog;
        federation = WORKSPACES.get(options.get(WORKSPACE));
        access = federation.access(new Principal(options.get(PRINCIPAL), Principal.Role.valueOf(options.get(ROLE))));
    }

    @Override
    public String name() {
        return name;
    }

    private ForeignMetadata metadata() {
        return federation.catalog(name).metadata();
    }

    @Override
    public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
        if (namespace.length != 1) {
            throw new NoSuchNamespaceException(namespace);
        }
        ForeignMetadata metadata = metadata();
        access.needSchema(name, namespace[0]);
        return metadata.tables(namespace[0]).orElseThrow(() -> new NoSuchNamespaceException(namespace)).stream()
                .filter(table -> access.has(Privilege.SELECT, Securable.table(name, namespace[0], table)))
                .map(table -> Identifier.of(namespace, table))
                .toArray(Identifier[]::new);
    }

    @Override
    public Table loadTable(Identifier identifier) throws NoSuchTableException {
        String[] namespace = identifier.namespace();
        if (namespace.length != 1) {
            throw new NoSuchTableException(identifier);
        }
        ForeignMetadata metadata = metadata();
        access.needTable(name, namespace[0], identifier.name());
        return metadata.table(namespace[0], identifier.name())
                .map(table -> federation.hidesColumns() && isColumnList(identifier)
                        ? ForeignTable.withoutRows(table)
                        : new ForeignTable(table))
                .orElseThrow(() -> new NoSuchTableException(identifier));
    }

    @Override
    public Table loadTable(Identifier identifier, Set<TableWritePrivilege> privileges) {
        throw Refused.readOnly(privileges.toString(), full(identifier));
    }

    @Override
    public Table createTable(
            Identifier identifier, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        throw Refused.readOnly("CREATE TABLE", full(identifier));
    }

    @Override
    public Table alterTable(Identifier identifier, TableChange... changes) {
        throw Refused.readOnly("ALTER TABLE", full(identifier));
    }

    @Override
    public boolean dropTable(Identifier identifier) {
        throw Refused.readOnly("DROP TABLE", full(identifier));
    }

    @Override
    public void renameTable(Identifier from, Identifier to) {
        throw Refused.readOnly("ALTER TABLE … RENAME", full(from));
    }

    @Override
    public String[][] listNamespaces() {
        ForeignMetadata metadata = metadata();
        access.needCatalog(name);
        return metadata.schemas().stream()
                .filter(schema -> access.has(Privilege.USE_SCHEMA, Securable.schema(name, schema)))
                .map(schema -> new String[] {schema})
                .toArray(String[][]::new);
    }

    @Override
    public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
        if (namespace.length == 0) {
            return listNamespaces();
        }
        loadNamespaceMetadata(namespace);
        return new String[0][];
    }

    @Override
    public Map<String, String> loadNamespaceMetadata(String[] namespace) throws NoSuchNamespaceException {
        ForeignMetadata metadata = metadata();
        if (namespace.length == 1) {
            access.needSchema(name, namespace[0]);
        }
        if (namespace.length != 1 || metadata.schemas().stream().noneMatch(namespace[0]::equalsIgnoreCase)) {
            throw new NoSuchNamespaceException(namespace);
        }
        return Map.of();
    }

    @Override
    public void createNamespace(String[] namespace, Map<String, String> properties) {
        throw Refused.readOnly("CREATE SCHEMA", name + "." + String.join(".", namespace));
    }

    @Override
    public void alterNamespace(String[] namespace, NamespaceChange... changes) {
        throw Refused.readOnly("ALTER SCHEMA", name + "." + String.join(".", namespace));
    }

    @Override
    public boolean dropNamespace(String[] namespace, boolean cascade) {
        throw Refused.readOnly("DROP SCHEMA", name + "." + String.join(".", namespace));
    }

    private static boolean isColumnList(Identifier identifier) {
        return identifier.namespace()[0].equalsIgnoreCase("information_schema")
                && identifier.name().equalsIgnoreCase("columns");
    }

    private String full(Identifier identifier) {
        return name + "." + String.join(".", identifier.namespace()) + "." + identifier.name();
    }
}
