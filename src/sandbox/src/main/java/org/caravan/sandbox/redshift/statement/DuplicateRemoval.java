package org.caravan.sandbox.redshift.statement;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.caravan.sandbox.redshift.copy.TargetColumn;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.wire.Backend;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * MERGE … REMOVE DUPLICATES: the rows of the target that match go, and every row of the source comes, once
 * (https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html: the tables have the same number of columns, of compatible types, in
 * the same order).
 */
public final class DuplicateRemoval {
    private DuplicateRemoval() {}

    /** False if it failed, and then the client has the error. */
    public static boolean run(Backend backend, Plan.RemoveDuplicates merge) throws IOException {
        List<TargetColumn> target = columns(backend, merge.target());
        List<TargetColumn> source = backend.settle() ? columns(backend, merge.source()) : List.of();
        if (!backend.settle()) {
            return false;
        }
        if (target.isEmpty() || source.isEmpty()) {
            TableName missing = target.isEmpty() ? merge.target() : merge.source();
            backend.refuse(SqlError.error("42P01", "relation \"" + missing.table() + "\" does not exist"));
            return false;
        }
        if (target.size() != source.size()) {
            backend.refuse(SqlError.error(
                    SqlError.NOT_SUPPORTED,
                    "MERGE with REMOVE DUPLICATES: the source has " + source.size() + " columns, the target "
                            + target.size()));
            return false;
        }
        String names = target.stream().map(column -> Token.quote(column.name())).collect(Collectors.joining(", "));
        String taken = source.stream()
                .map(column -> Token.quote(merge.alias()) + "." + Token.quote(column.name()))
                .collect(Collectors.joining(", "));
        String from = merge.source().sql() + " as " + Token.quote(merge.alias());
        return backend.run("delete from " + merge.target().sql() + " using " + from + " where" + merge.condition())
                && backend.run("insert into " + merge.target().sql() + " (" + names + ") select distinct " + taken
                        + " from " + from);
    }

    private static List<TargetColumn> columns(Backend backend, TableName table) throws IOException {
        return backend.query(TargetColumn.query(table)).stream()
                .map(TargetColumn::of)
                .toList();
    }
}
