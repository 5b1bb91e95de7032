package org.caravan.verify.digest;

import java.util.List;
import org.caravan.schema.Column;

/** A column each of whose values is one value in the statement as well: a number, or the MD5 of a text. */
abstract class OneValueSql extends ColumnSql {
    OneValueSql(SqlDialect dialect, Column column, int index) {
        super(dialect, column, index);
    }

    /** The value, computed from the table's column. */
    abstract String value();

    /** The form of a value. */
    abstract String form(Coefficients set, String value);

    @Override
    final List<String> values() {
        return List.of(value() + " AS v" + index);
    }

    @Override
    final String form(Coefficients set) {
        return form(set, "v" + index);
    }

    /** The form of set A, computed from the table's column in one expression. */
    final String formOfTable() {
        return form(a(), value());
    }
}
