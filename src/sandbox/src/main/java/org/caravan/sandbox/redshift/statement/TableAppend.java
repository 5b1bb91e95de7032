package org.caravan.sandbox.redshift.statement;

import java.io.IOException;
import java.util.List;
import org.caravan.sandbox.redshift.copy.TargetColumn;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.wire.Backend;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * ALTER TABLE … APPEND FROM: the source's rows move to the target, column by column of the same name and type
 * (https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE_APPEND.html).
 */
public final class TableAppend {
    private TableAppend() {}

    /** False if it failed, and then the client has the error. */
    public static boolean run(Backend backend, Plan.Append append) throws IOException {
        List<TargetColumn> target = columns(backend, append.target());
        if (!backend.settle()) {
            return false;
        }
        List<TargetColumn> source = columns(backend, append.source());
        if (!backend.settle()) {
            return false;
        }
        if (target.isEmpty() || source.isEmpty()) {
            TableName missing = target.isEmpty() ? append.target() : append.source();
            backend.refuse(SqlError.error("42P01", "relation \"" + missing.table() + "\" does not exist"));
            return false;
        }
        for (TargetColumn column : target) {
            if (source.stream().noneMatch(other -> sameType(column, other))) {
                backend.refuse(SqlError.error(
                        "42804",
                        "ALTER TABLE APPEND: column \"" + column.name() + "\" of the target has no column of"
                                + " the same name and type in the source"));
                return false;
            }
        }
        if (source.size() != target.size()) {
            backend.refuse(SqlError.error(
                    "42804", "ALTER TABLE APPEND: the source has columns that the target has not; use IGNOREEXTRA"));
            return false;
        }
        String names = String.join(
                ", ", target.stream().map(column -> Token.quote(column.name())).toList());
        return backend.run("with moved as (delete from " + append.source().sql() + " returning *) insert into "
                + append.target().sql() + " (" + names + ") select " + names + " from moved");
    }

    private static boolean sameType(TargetColumn a, TargetColumn b) {
        return a.name().equals(b.name())
                && a.type().equals(b.type())
                && a.length() == b.length()
                && a.scale() == b.scale();
    }

    private static List<TargetColumn> columns(Backend backend, TableName table) throws IOException {
        return backend.query(TargetColumn.query(table)).stream()
                .map(TargetColumn::of)
                .toList();
    }
}
