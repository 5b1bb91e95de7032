package org.caravan.source;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;

/**
 * What a driver says of one column of a result; immutable.
 *
 * @param type the number of {@link java.sql.Types}, or the driver's own
 * @param typeName the database's name of the type, in lower case
 */
record JdbcColumn(String label, int type, String typeName, int precision, int scale, boolean nullable) {
    static JdbcColumn of(ResultSetMetaData metadata, int index) throws SQLException {
        return new JdbcColumn(
                Optional.ofNullable(metadata.getColumnLabel(index)).orElse(""),
                metadata.getColumnType(index),
                Optional.ofNullable(metadata.getColumnTypeName(index))
                        .orElse("")
                        .toLowerCase(Locale.ROOT),
                metadata.getPrecision(index),
                metadata.getScale(index),
                metadata.isNullable(index) != ResultSetMetaData.columnNoNulls);
    }

    /** The type as its database would write it, as far as the driver says. */
    String declared() {
        if (typeName.contains("(")) {
            return typeName;
        }
        boolean hasScale = type == Types.NUMERIC || type == Types.DECIMAL;
        if (hasScale && precision > 0) {
            return typeName + "(" + precision + "," + scale + ")";
        }
        boolean hasLength =
                switch (type) {
                    case Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR, Types.BINARY, Types.VARBINARY -> true;
                    default -> false;
                };
        // A length beyond this is a driver's way to say that there is none.
        return hasLength && precision > 0 && precision < 1 << 24 ? typeName + "(" + precision + ")" : typeName;
    }
}
