package org.caravan.sandbox.databricks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.caravan.sandbox.databricks.Sessions.Session;

/**
 * The {@code SHOW} statements that the JDBC driver sends for {@code DatabaseMetaData} and Spark does not know
 * (CommandConstants and CommandBuilder of databricks-jdbc 3.4.1). The column names are those that the driver reads
 * (MetadataResultConstants). Stateless.
 */
final class MetadataCommands {
    private static final String TABLES = "namespace STRING, tableName STRING, isTemporary BOOLEAN, information STRING,"
            + " catalogName STRING, tableType STRING, remarks STRING";
    private static final String COLUMNS = "col_name STRING, catalogName STRING, namespace STRING, tableName STRING,"
            + " columnType STRING, columnSize INT, decimalDigits INT, radix INT, isNullable STRING, remarks STRING,"
            + " ordinalPosition INT, isAutoIncrement STRING, isGenerated STRING";
    private static final String KEYS =
            "catalogName STRING, namespace STRING, tableName STRING, col_name STRING, keySeq INT,"
                    + " constraintName STRING";
    private static final String FOREIGN_KEYS =
            "parentCatalogName STRING, parentNamespace STRING, parentTableName STRING,"
                    + " parentColName STRING, catalogName STRING, namespace STRING, tableName STRING, col_name STRING, keySeq INT,"
                    + " updateRule INT, deleteRule INT, constraintName STRING, parentConstraintName STRING, deferrability INT";
    private static final String FUNCTIONS = "functionName STRING, namespace STRING, catalogName STRING, remarks STRING,"
            + " functionType INT, specificName STRING";

    private final Federation federation;

    MetadataCommands(Federation federation) {
        this.federation = federation;
    }

    /** Runs the statement if it is one of these. */
    Optional<Dataset<Row>> run(Session client, String sql) {
        TokenReader in = new TokenReader(sql);
        SparkSession session = client.spark();
        Catalogs catalogs = new Catalogs(session, federation, federation.access(client.principal()));
        if (in.takes("SHOW", "CATALOGS")) {
            Pattern pattern = like(in);
            List<Row> rows = catalogs.names().stream()
                    .filter(name -> matches(pattern, name))
                    .map(RowFactory::create)
                    .toList();
            return answer(in, session, "catalog STRING", rows);
        }
        if (in.takes("SHOW", "SCHEMAS") || in.takes("SHOW", "DATABASES")) {
            return schemas(in, session, catalogs);
        }
        if (in.takes("SHOW", "TABLES", "IN", "CATALOG")) {
            return tables(in, session, catalogs, List.of(in.identifier()));
        }
        if (in.takes("SHOW", "TABLES", "IN", "ALL", "CATALOGS")) {
            return tables(in, session, catalogs, catalogs.usable());
        }
        if (in.takes("SHOW", "COLUMNS", "IN", "CATALOG")) {
            return columns(in, session, catalogs, in.identifier());
        }
        if (in.takes("SHOW", "FUNCTIONS", "IN", "CATALOG")) {
            in.rest();
            return answer(in, session, FUNCTIONS, List.of());
        }
        if (in.takes("SHOW", "KEYS") || in.takes("SHOW", "FOREIGN", "KEYS")) {
            // A foreign catalog has no constraints (docs.databricks.com/aws/query-federation, "Limitations").
            boolean foreign = sql.toUpperCase(java.util.Locale.ROOT).contains("FOREIGN");
            in.rest();
            return answer(in, session, foreign ? FOREIGN_KEYS : KEYS, List.of());
        }
        return Optional.empty();
    }

    private Optional<Dataset<Row>> schemas(TokenReader in, SparkSession session, Catalogs catalogs) {
        boolean all = in.takes("IN", "ALL", "CATALOGS");
        boolean named = !all && (in.takes("IN") || in.takes("FROM"));
        List<String> names = all
                ? catalogs.usable()
                : List.of(named ? in.identifier() : session.catalog().currentCatalog());
        Pattern pattern = like(in);
        List<Row> rows = new ArrayList<>();
        for (String catalog : names) {
            for (String schema : new TreeSet<>(catalogs.schemas(catalog))) {
                if (matches(pattern, schema)) {
                    rows.add(all ? RowFactory.create(schema, catalog) : RowFactory.create(schema));
                }
            }
        }
        return answer(in, session, all ? "databaseName STRING, catalog STRING" : "databaseName STRING", rows);
    }

    private Optional<Dataset<Row>> tables(TokenReader in, SparkSession session, Catalogs catalogs, List<String> names) {
        Pattern schemaPattern = in.takes("SCHEMA") ? like(in) : LikePattern.of("*");
        Pattern tablePattern = like(in);
        List<Row> rows = new ArrayList<>();
        for (String catalog : names) {
            for (String schema : catalogs.schemas(catalog)) {
                if (matches(schemaPattern, schema)) {
                    catalogs.tables(catalog, schema).stream()
                            .filter(table -> matches(tablePattern, table))
                            .forEach(table ->
                                    rows.add(RowFactory.create(schema, table, false, null, catalog, "TABLE", null)));
                }
            }
        }
        return answer(in, session, TABLES, rows);
    }

    private Optional<Dataset<Row>> columns(TokenReader in, SparkSession session, Catalogs catalogs, String catalog) {
        Pattern schemaPattern = in.takes("SCHEMA") ? like(in) : LikePattern.of("*");
        Pattern tablePattern = in.takes("TABLE") ? like(in) : LikePattern.of("*");
        Pattern columnPattern = like(in);
        List<Row> rows = new ArrayList<>();
        for (String schema : catalogs.schemas(catalog)) {
            if (!matches(schemaPattern, schema)) {
                continue;
            }
            for (String table : catalogs.tables(catalog, schema)) {
                if (matches(tablePattern, table)) {
                    catalogs.columns(catalog, schema, table).stream()
                            .filter(column -> matches(columnPattern, column.name()))
                            .map(column -> column.row(catalog, schema, table))
                            .forEach(rows::add);
                }
            }
        }
        return answer(in, session, COLUMNS, rows);
    }

    private static Optional<Dataset<Row>> answer(TokenReader in, SparkSession session, String schema, List<Row> rows) {
        in.end();
        return Optional.of(session.createDataFrame(rows, StructType.fromDDL(schema)));
    }

    /** The pattern of a LIKE clause, if it comes next; everything otherwise. */
    private static Pattern like(TokenReader in) {
        return LikePattern.of(in.takes("LIKE") ? in.string() : "*");
    }

    private static boolean matches(Pattern pattern, String name) {
        return pattern.matcher(name).matches();
    }
}
