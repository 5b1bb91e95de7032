package org.caravan.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.caravan.schema.ColumnType;
import org.caravan.schema.ValueException;
import org.caravan.schema.Vector;
import org.caravan.source.postgres.CellReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the values of a result set's rows, and says of one that cannot be carried where it stands. Used by one thread. */
final class RowCells implements CellReader {
    private static final Logger LOG = LoggerFactory.getLogger(RowCells.class);

    private final String settings;
    private final List<ReadColumn> columns;
    private final ColumnReader[] readers;

    RowCells(String settings, List<ReadColumn> columns, Alterations alterations) {
        this.settings = settings;
        this.columns = List.copyOf(columns);
        this.readers = new ColumnReader[columns.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = ColumnReaders.of(columns.get(i), i + 1, alterations);
        }
    }

    @Override
    public void read(ResultSet rows, int column, Vector vector, int row, long rowNumber) {
        try {
            readers[column].read(rows, vector, row);
        } catch (ValueException e) {
            throw refused(rows, column, rowNumber, e);
        } catch (SQLException e) {
            throw SqlFailures.of(Category.SOURCE, settings, "Reading " + where(rows, column, rowNumber), e);
        }
    }

    private CaravanException refused(ResultSet rows, int index, long rowNumber, ValueException e) {
        ReadColumn column = columns.get(index);
        // A driver shows binary as it likes; its size stands in the message.
        String value = column.type() instanceof ColumnType.Binary
                ? ""
                : shown(rows, index).map(text -> " (the value: '" + text + "')").orElse("");
        return new CaravanException(
                Category.SOURCE,
                where(rows, index, rowNumber) + " " + e.getMessage() + value + ". "
                        + e.mend().orElseGet(column::mend) + ".",
                e);
    }

    private String where(ResultSet rows, int index, long rowNumber) {
        String key = index == 0
                ? ""
                : shown(rows, 0)
                        .map(text -> " (" + columns.get(0).column().name() + " = " + text + ")")
                        .orElse("");
        return "Column '" + columns.get(index).column().name() + "' of row " + rowNumber + key;
    }

    /** A value of the current row for a message; empty if it is NULL or the driver does not give it twice. */
    private static Optional<String> shown(ResultSet rows, int index) {
        try {
            return Optional.ofNullable(rows.getString(index + 1)).map(Shown::text);
        } catch (SQLException e) {
            LOG.debug("The value cannot be read for the message", e);
            return Optional.empty();
        }
    }
}
