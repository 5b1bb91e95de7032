package org.caravan.source;

import java.util.Optional;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.SourceColumn;

/**
 * A column of a result and how it is read; immutable.
 *
 * @param source what it was and what it becomes
 * @param reading how the driver gives it
 * @param override what the route says of it
 */
record ReadColumn(SourceColumn source, Reading reading, ColumnOverride override) {
    Column column() {
        return source.column();
    }

    ColumnType type() {
        return source.column().type();
    }

    /** A setting of this column, such as {@code columns.amount.type}. */
    String setting(String word) {
        return ColumnOverrides.setting(source.name() + "." + word);
    }

    /** What may be done about a value that the type cannot hold. */
    String mend() {
        Optional<String> type = otherType();
        return "Set " + type.map(text -> text + ", or ").orElse("") + setting("onOverflow") + "=null to make it NULL,"
                + " or change the SQL";
    }

    private Optional<String> otherType() {
        ColumnType type = type();
        if (type instanceof ColumnType.Text) {
            return Optional.empty();
        }
        if (type instanceof ColumnType.Binary) {
            return Optional.of(setting("type") + "=binary(n) with n up to " + ColumnType.MAX_BINARY_BYTES);
        }
        if (type instanceof ColumnType.Decimal || type instanceof ColumnType.Int) {
            return Optional.of("another " + setting("type") + ", such as decimal(38,18) or text");
        }
        if (type instanceof ColumnType.Bool && reading == Reading.ZERO_OR_ONE) {
            return Optional.of(setting("type") + "=smallint");
        }
        return Optional.of(setting("type") + "=text");
    }
}
