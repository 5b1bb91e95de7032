package org.caravan.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.caravan.schema.Columns;
import org.caravan.schema.ValueException;
import org.caravan.schema.Vector;
import org.caravan.source.postgres.CellReader;

/** Reads the values of a result set's rows, and says of one that cannot be carried where it stands. Used by one thread. */
final class RowCells implements CellReader {
    private final String settings;
    private final Columns columns;
    private final ColumnReader[] readers;

    RowCells(String settings, Columns columns) {
        this.settings = settings;
        this.columns = columns;
        this.readers = new ColumnReader[columns.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = ColumnReaders.of(columns.get(i), i + 1);
        }
    }

    @Override
    public void read(ResultSet rows, int column, Vector vector, int row, long rowNumber) throws SQLException {
        try {
            readers[column].read(rows, vector, row);
        } catch (ValueException e) {
            throw new CaravanException(
                    Category.SOURCE,
                    where(rows, column, rowNumber) + " " + e.getMessage() + ". Change the SQL for it.",
                    e);
        } catch (SQLException e) {
            throw SqlFailures.of(Category.SOURCE, settings, "Reading " + where(rows, column, rowNumber), e);
        }
    }

    private String where(ResultSet rows, int column, long rowNumber) throws SQLException {
        String key = column == 0 ? "" : " (" + columns.get(0).name() + " = " + rows.getString(1) + ")";
        return "Column '" + columns.get(column).name() + "' of row " + rowNumber + key;
    }
}
