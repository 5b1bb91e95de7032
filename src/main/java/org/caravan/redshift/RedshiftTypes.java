package org.caravan.redshift;

import org.caravan.schema.Column;

/** The names of Redshift's types; stateless. */
public final class RedshiftTypes {
    private RedshiftTypes() {}

    /** The type of a column in a table that holds it in its storage. */
    public static String of(Column column) {
        return RedshiftSql.type(column);
    }
}
