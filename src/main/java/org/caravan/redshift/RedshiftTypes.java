package org.caravan.redshift;

import java.util.List;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;

/** The names of Redshift's types; stateless. */
public final class RedshiftTypes {
    private RedshiftTypes() {}

    /** The types of a table's columns, in their order. */
    static List<String> of(Columns columns) {
        return columns.stream().map(RedshiftTypes::of).toList();
    }

    /** The type of a column in a table that holds it in its storage. */
    public static String of(Column column) {
        return RedshiftSql.type(column);
    }
}
