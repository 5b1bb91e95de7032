package org.caravan.verify;

import java.util.List;
import java.util.stream.Collectors;
import org.caravan.ledger.Scope;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.TableName;

/** What stands behind FROM so that an engine measures the rows of a scope; immutable. */
final class ScopeSql {
    private final Engine engine;
    private final String catalog;

    /** @param catalog the foreign catalog, for an engine that reads through one */
    ScopeSql(Engine engine, String catalog) {
        this.engine = engine;
        this.catalog = catalog;
    }

    String from(TableName table, Scope scope) {
        if (scope instanceof Scope.Partition partition) {
            return partition.values().isEmpty() || isReadOtherwise(partition)
                    ? matching(table, partition.staging(), List.of(partition.column()))
                    : "(SELECT * FROM " + name(table) + " WHERE "
                            + engine.quoted(partition.column().name()) + " IN ("
                            + partition.values().stream()
                                    .map(value -> literal(partition.column().type(), value))
                                    .collect(Collectors.joining(", "))
                            + ")) run_rows";
        }
        if (scope instanceof Scope.Keys keys) {
            return matching(table, keys.staging(), keys.columns());
        }
        return name(table);
    }

    /**
     * Spark's JDBC source doubles the quotes of a literal that it pushes down, and leaves backslashes, which Redshift reads as
     * escapes: no row would be found. A join has no literal.
     *
     * @see <a href="https://github.com/apache/spark/blob/master/sql/core/src/main/scala/org/apache/spark/sql/jdbc/JdbcDialects.scala">compileValue</a>
     */
    private boolean isReadOtherwise(Scope.Partition partition) {
        return engine == Engine.DATABRICKS && partition.values().stream().anyMatch(value -> value.contains("\\"));
    }

    /** A table as the engine names it. */
    String name(TableName table) {
        String name = engine.quoted(table.schema()) + "." + engine.quoted(table.table());
        return engine == Engine.DATABRICKS ? engine.quoted(catalog) + "." + name : name;
    }

    private String matching(TableName table, TableName staging, List<Column> columns) {
        String same = columns.stream()
                .map(column -> "staged." + engine.quoted(column.name()) + " = target." + engine.quoted(column.name()))
                .collect(Collectors.joining(" AND "));
        return "(SELECT target.* FROM " + name(table) + " AS target WHERE EXISTS (SELECT 1 FROM " + name(staging)
                + " AS staged WHERE " + same + ")) run_rows";
    }

    private String literal(ColumnType type, String value) {
        if (type instanceof ColumnType.Int) {
            return value;
        }
        String text = engine.literal(value);
        return type instanceof ColumnType.Date ? "DATE " + text : text;
    }
}
