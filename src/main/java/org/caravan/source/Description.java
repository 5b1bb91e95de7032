package org.caravan.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.Columns;
import org.caravan.schema.SourceColumn;

/** The columns of a query that is prepared and not run; stateless. */
final class Description {
    private Description() {}

    static List<SourceColumn> of(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            ResultSetMetaData metadata = statement.getMetaData();
            if (metadata == null) {
                throw new SQLException("The driver describes no query before it runs");
            }
            Columns columns = ColumnTypes.of(metadata);
            List<SourceColumn> described = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                described.add(new SourceColumn(
                        metadata.getColumnLabel(i + 1),
                        type(metadata, i + 1),
                        columns.get(i),
                        Optional.empty(),
                        Optional.empty()));
            }
            return described;
        }
    }

    private static String type(ResultSetMetaData metadata, int index) throws SQLException {
        String name = metadata.getColumnTypeName(index);
        int precision = metadata.getPrecision(index);
        return switch (metadata.getColumnType(index)) {
            case Types.NUMERIC, Types.DECIMAL -> name + "(" + precision + "," + metadata.getScale(index) + ")";
            case Types.CHAR, Types.VARCHAR ->
                precision > 0 && precision < Integer.MAX_VALUE ? name + "(" + precision + ")" : name;
            default -> name;
        };
    }
}
