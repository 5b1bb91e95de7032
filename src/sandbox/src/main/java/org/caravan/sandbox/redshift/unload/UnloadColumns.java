package org.caravan.sandbox.redshift.unload;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravan.sandbox.redshift.copy.CopyFailure;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.wire.SqlError;

/** Checks the columns of the query against the format and the partition keys. */
final class UnloadColumns {
    /** r_UNLOAD.html, "PARTITION BY clause". */
    private static final Set<ResultColumn.Type> PARTITION_KEYS = EnumSet.of(
            ResultColumn.Type.SMALLINT,
            ResultColumn.Type.INTEGER,
            ResultColumn.Type.BIGINT,
            ResultColumn.Type.DECIMAL,
            ResultColumn.Type.REAL,
            ResultColumn.Type.BOOLEAN,
            ResultColumn.Type.CHAR,
            ResultColumn.Type.VARCHAR,
            ResultColumn.Type.TEXT,
            ResultColumn.Type.DATE,
            ResultColumn.Type.TIMESTAMP);

    private UnloadColumns() {}

    /** The positions of the columns that stay in the files. */
    static List<Integer> kept(UnloadStatement statement, List<ResultColumn> columns) throws UnloadFailure {
        List<String> names = columns.stream().map(ResultColumn::name).toList();
        List<String> keys = statement.layout().partitionBy();
        for (String key : keys) {
            int at = names.indexOf(key);
            if (at < 0) {
                throw new UnloadFailure(
                        SqlError.error("42703", "Partition column \"" + key + "\" is not in the query's result"));
            }
            if (!PARTITION_KEYS.contains(columns.get(at).type())) {
                throw UnloadFailure.notSupported("Partition column \"" + key + "\" has the type "
                        + columns.get(at).type().title() + ", which is not supported");
            }
        }
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (statement.layout().include() || !keys.contains(names.get(i))) {
                kept.add(i);
            }
        }
        if (kept.isEmpty()) {
            // r_UNLOAD.html: "there should be at least one nonpartition column to be part of the file"
            throw UnloadFailure.notSupported("UNLOAD needs at least one column that is not a partition column");
        }
        check(statement, columns, kept);
        return kept;
    }

    private static void check(UnloadStatement statement, List<ResultColumn> columns, List<Integer> kept)
            throws UnloadFailure {
        if (statement.format() instanceof UnloadFormat.FixedWidth fixed) {
            checkWidths(fixed, columns, kept);
        } else if (statement.format() instanceof UnloadFormat.Json) {
            checkNames(columns, kept);
            checkTypes(columns, kept, EnumSet.of(ResultColumn.Type.VARBYTE));
        } else if (statement.format() instanceof UnloadFormat.Parquet) {
            checkNames(columns, kept);
            checkTypes(
                    columns,
                    kept,
                    EnumSet.of(
                            ResultColumn.Type.VARBYTE,
                            ResultColumn.Type.TIME,
                            ResultColumn.Type.TIMETZ,
                            ResultColumn.Type.OTHER));
            for (int index : kept) {
                ResultColumn column = columns.get(index);
                if (column.type() == ResultColumn.Type.DECIMAL
                        && column.length().isEmpty()) {
                    throw UnloadFailure.notSupported("the stand-in cannot tell the precision and scale of column \""
                            + column.name() + "\" for a Parquet file: cast it, for example to DECIMAL(38,10)");
                }
            }
        }
    }

    /** The words are those of the real service: trino-redshift, RedshiftSplitManager.java. */
    private static void checkTypes(List<ResultColumn> columns, List<Integer> kept, Set<ResultColumn.Type> refused)
            throws UnloadFailure {
        for (int index : kept) {
            ResultColumn column = columns.get(index);
            if (refused.contains(column.type())) {
                throw UnloadFailure.notSupported("UNLOAD " + column.type().title() + " column \"" + column.name()
                        + "\" is only supported for TEXT/CSV.");
            }
        }
    }

    /** r_UNLOAD.html: "To create a valid JSON object, the name of each column in the query must be unique." */
    private static void checkNames(List<ResultColumn> columns, List<Integer> kept) throws UnloadFailure {
        Set<String> names = new HashSet<>();
        for (int index : kept) {
            if (!names.add(columns.get(index).name())) {
                throw new UnloadFailure(SqlError.error(
                        "42701", "column name \"" + columns.get(index).name() + "\" is not unique in the query"));
            }
        }
    }

    private static void checkWidths(UnloadFormat.FixedWidth fixed, List<ResultColumn> columns, List<Integer> kept)
            throws UnloadFailure {
        if (fixed.fields().size() != kept.size()) {
            throw UnloadFailure.refused("The fixedwidth specification has "
                    + fixed.fields().size() + " columns, the query has " + kept.size());
        }
        for (int index : kept) {
            if (columns.get(index).type() == ResultColumn.Type.VARBYTE) {
                throw UnloadFailure.notSupported(
                        "VARBYTE column \"" + columns.get(index).name() + "\" cannot be unloaded with FIXEDWIDTH");
            }
        }
    }

    /** The query with the partition keys as text after its own columns, and folder by folder. */
    static String partitioned(String sql, List<String> keys) {
        if (keys.isEmpty()) {
            return sql;
        }
        List<String> quoted = keys.stream().map(Token::quote).toList();
        StringBuilder wrapped = new StringBuilder("select caravan_unload.*");
        quoted.forEach(key -> wrapped.append(", caravan_unload.").append(key).append("::text"));
        return wrapped.append(" from (")
                .append(sql)
                .append("\n) as caravan_unload order by caravan_unload.")
                .append(String.join(", caravan_unload.", quoted))
                .toString();
    }

    /** What a failure looks like to the client. */
    static SqlError error(Throwable cause) {
        if (cause instanceof UnloadFailure failure) {
            return failure.error();
        }
        if (cause instanceof CopyFailure.Thrown thrown) {
            return thrown.failure().error();
        }
        return SqlError.error(
                SqlError.INTERNAL,
                "UNLOAD failed: " + Optional.ofNullable(cause.getMessage()).orElse(cause.toString()));
    }
}
