package org.caravan.source.postgres;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.Field;
import org.postgresql.core.Tuple;

/** Makes pgjdbc's own result set of a row that COPY sent, so that its getters read what needs more than a {@link Cell}. */
final class DriverRows implements AutoCloseable {
    private final BaseStatement statement;
    private final Field[] fields;

    DriverRows(BaseConnection connection, ResultSetMetaData metadata) throws SQLException {
        this.fields = new Field[metadata.getColumnCount()];
        for (int i = 0; i < fields.length; i++) {
            int type = connection.getTypeInfo().getPGType(metadata.getColumnTypeName(i + 1));
            fields[i] = new Field(metadata.getColumnLabel(i + 1), type);
        }
        this.statement = (BaseStatement) connection.createStatement();
    }

    /** A result set whose current row, the only one, is the line's; the caller closes it. */
    ResultSet row(CopyLine line) throws SQLException {
        byte[][] values = new byte[fields.length][];
        for (int i = 0; i < fields.length; i++) {
            if (!line.isNull(i)) {
                values[i] = Arrays.copyOfRange(line.data(), line.start(i), line.end(i));
            }
        }
        ResultSet row = statement.createDriverResultSet(fields, List.of(new Tuple(values)));
        if (!row.next()) {
            throw new IllegalStateException("The driver's result set has no row");
        }
        return row;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
