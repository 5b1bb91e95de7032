package org.caravan.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.LongConsumer;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A result set as a stream of batches. Owns the connection from the moment it is made; closing it rolls the read transaction back
 * and gives the connection back to its pool. Read by one thread at a time; may be closed by another.
 */
final class ResultSetRows implements RowStream {
    private static final Logger LOG = LoggerFactory.getLogger(ResultSetRows.class);

    private final String settings;
    private final Connection connection;
    private final Statement statement;
    private final ResultSet rows;
    private final Columns columns;
    private final RowCells cells;
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
        this.columns = new Columns(read.stream().map(ReadColumn::column).toList());
        this.cells = new RowCells(settings, read, alterations);
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
            while (!atEnd && row < limit && batch.bytesOfRows(row) < Batch.MAX_BYTES) {
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
        for (int i = 0; i < columns.size(); i++) {
            cells.read(rows, i, batch.vector(i), row, rowsRead);
        }
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
