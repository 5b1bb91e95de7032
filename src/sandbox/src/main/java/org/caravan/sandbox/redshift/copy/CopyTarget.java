package org.caravan.sandbox.redshift.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.wire.SqlError;

/** The table of a COPY and those of its columns that the files fill, in the order of the files. */
record CopyTarget(TableName table, List<TargetColumn> columns) {
    CopyTarget {
        columns = List.copyOf(columns);
    }

    /**
     * Without a column list it is all columns, "with IDENTITY columns omitted if EXPLICIT_IDS was also not specified"
     * (https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-column-mapping.html).
     *
     * @param catalogue the rows of {@link TargetColumn#query}
     */
    static CopyTarget of(List<List<String>> catalogue, CopyStatement statement) throws CopyFailure.Thrown {
        TableName table = statement.table();
        if (catalogue.isEmpty()) {
            throw sql("42P01", "Cannot COPY into nonexistent table " + table.table());
        }
        if (!catalogue.get(0).get(5).equals("r")) {
            throw sql("42809", "cannot COPY into \"" + table.table() + "\": it is not a table");
        }
        List<TargetColumn> all = new ArrayList<>();
        List<String> generated = new ArrayList<>();
        for (List<String> row : catalogue) {
            all.add(TargetColumn.of(row));
            if (row.get(4).equals("a")) {
                generated.add(row.get(0));
            }
        }
        boolean explicitIds = statement.options().explicitIds();
        if (statement.columns().isEmpty()) {
            return new CopyTarget(
                    table,
                    all.stream()
                            .filter(column -> explicitIds || !generated.contains(column.name()))
                            .toList());
        }
        List<TargetColumn> named = new ArrayList<>();
        for (String name : statement.columns()) {
            TargetColumn column = find(all, name, table);
            if (named.contains(column)) {
                throw sql("42701", "column \"" + name + "\" specified more than once");
            }
            if (generated.contains(name) && !explicitIds) {
                throw sql(SqlError.NOT_SUPPORTED, "cannot load identity column \"" + name + "\" without EXPLICIT_IDS");
            }
            named.add(column);
        }
        if (explicitIds && !statement.columns().containsAll(generated)) {
            throw sql(
                    SqlError.NOT_SUPPORTED,
                    "EXPLICIT_IDS needs the identity column " + generated + " in the column list");
        }
        return new CopyTarget(table, named);
    }

    private static TargetColumn find(List<TargetColumn> all, String name, TableName table) throws CopyFailure.Thrown {
        return all.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        sql("42703", "column \"" + name + "\" of relation \"" + table.table() + "\" does not exist"));
    }

    private static CopyFailure.Thrown sql(String state, String message) {
        return new CopyFailure(SqlError.error(state, message), Optional.empty()).thrown();
    }

    /** PostgreSQL's COPY that takes the rows. */
    String copyFromStdin() {
        return "copy " + table.sql() + " ("
                + String.join(
                        ", ",
                        columns.stream()
                                .map(column -> Token.quote(column.name()))
                                .toList())
                + ") from stdin (format binary)";
    }
}
