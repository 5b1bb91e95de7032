package org.caravan.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.caravan.schema.Batch;
import org.caravan.schema.BytesVector;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;
import org.caravan.schema.ValueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A result set as a stream of batches. Owns the connection from the moment it is made; closing it rolls the read transaction back
 * and gives the connection back to its pool. Read by one thread at a time; may be closed by another.
 */
final class ResultSetRows implements RowStream {
    private static final Logger LOG = LoggerFactory.getLogger(ResultSetRows.class);

    /** A batch ends early at this many bytes of text and binary, so that long rows do not fill the heap. */
    private static final int MAX_BATCH_BYTES = 4 * 1024 * 1024;

    private final String settings;
    private final Connection connection;
    private final Statement statement;
    private final ResultSet rows;
    private final List<ReadColumn> read;
    private final Columns columns;
    private final ColumnReader[] readers;
    private final Batch batch;
    private final LongConsumer progress;
    private long rowsRead;
    private boolean atEnd;
    private boolean closed;

    ResultSetRows(
            String settings,
            Connection connection,
            Statement statement,
            ResultSet rows,
            List<ReadColumn> read,
            LongConsumer progress,
            Alterations alterations) {
        this.settings = settings;
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
        this.read = List.copyOf(read);
        this.columns = new Columns(read.stream().map(ReadColumn::column).toList());
        this.readers = new ColumnReader[columns.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = ColumnReaders.of(read.get(i), i + 1, alterations);
        }
        this.batch = new Batch(columns);
        this.progress = progress;
    }

    @Override
    public Columns columns() {
        return columns;
    }

    @Override
    public Batch read(int maxRows) {
        batch.clear();
        int limit = Math.min(maxRows, batch.capacity());
        int row = 0;
        try {
            while (!atEnd && row < limit && textBytes(row) < MAX_BATCH_BYTES) {
                if (rows.next()) {
                    readRow(row++);
                } else {
                    atEnd = true;
                }
            }
        } catch (SQLException e) {
            throw SqlFailures.of(
                    Category.SOURCE, settings, "Reading the query's result after " + rowsRead + " rows", e);
        }
        batch.setRows(row);
        progress.accept(row);
        return batch;
    }

    private void readRow(int row) throws SQLException {
        rowsRead++;
        for (int i = 0; i < readers.length; i++) {
            try {
                readers[i].read(rows, batch.vector(i), row);
            } catch (ValueException e) {
                throw refused(i, e);
            } catch (SQLException e) {
                throw SqlFailures.of(Category.SOURCE, settings, "Reading " + where(i), e);
            }
        }
    }

    private CaravanException refused(int index, ValueException e) {
        ReadColumn column = read.get(index);
        // A driver shows binary as it likes; its size stands in the message.
        String value = column.type() instanceof ColumnType.Binary
                ? ""
                : shown(index).map(text -> " (the value: '" + text + "')").orElse("");
        return new CaravanException(
                Category.SOURCE,
                where(index) + " " + e.getMessage() + value + ". " + e.mend().orElseGet(column::mend) + ".",
                e);
    }

    private String where(int index) {
        String key = index == 0
                ? ""
                : shown(0).map(text -> " (" + columns.get(0).name() + " = " + text + ")")
                        .orElse("");
        return "Column '" + columns.get(index).name() + "' of row " + rowsRead + key;
    }

    /** A value of the current row for a message; empty if it is NULL or the driver does not give it twice. */
    private Optional<String> shown(int index) {
        try {
            return Optional.ofNullable(rows.getString(index + 1)).map(Shown::text);
        } catch (SQLException e) {
            LOG.debug("The value cannot be read for the message", e);
            return Optional.empty();
        }
    }

    private int textBytes(int rowsFilled) {
        int bytes = 0;
        for (int i = 0; i < readers.length; i++) {
            if (batch.vector(i) instanceof BytesVector text) {
                bytes += text.bytes(rowsFilled);
            }
        }
        return bytes;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (connection;
                statement;
                rows) {
            cancel();
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("Closing the source's connection failed", e);
        }
    }

    private void cancel() {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.debug("The source's statement cannot be cancelled", e);
        }
    }
}
