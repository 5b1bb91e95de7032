package org.caravan.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.source.stream.BatchReader;
import org.caravan.source.stream.ReadGate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a result set. Owns the connection from the moment it is made; closing it cancels the statement, rolls the read
 * transaction back and gives the connection back to its pool.
 */
final class ResultSetRows implements BatchReader {
    private static final Logger LOG = LoggerFactory.getLogger(ResultSetRows.class);

    private final String settings;
    private final Connection connection;
    private final Statement statement;
    private final ResultSet rows;
    private final Columns columns;
    private final RowCells cells;
    private final ReadGate gate = new ReadGate();
    private long rowsRead;
    private boolean atEnd;

    ResultSetRows(
            String settings,
            Connection connection,
            Statement statement,
            ResultSet rows,
            List<ReadColumn> read,
            Alterations alterations) {
        this.settings = settings;
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
        this.columns = new Columns(read.stream().map(ReadColumn::column).toList());
        this.cells = new RowCells(settings, read, alterations);
    }

    @Override
    public Columns columns() {
        return columns;
    }

    @Override
    public void fill(Batch batch, int maxRows) {
        gate.enter();
        try {
            batch.clear();
            int limit = Math.min(maxRows, batch.capacity());
            int row = 0;
            while (!atEnd && row < limit && batch.bytesOfRows(row) < Batch.MAX_BYTES) {
                gate.checkOpen();
                if (rows.next()) {
                    readRow(batch, row++);
                } else {
                    atEnd = true;
                }
            }
            batch.setRows(row);
        } catch (SQLException e) {
            gate.checkOpen();
            throw SqlFailures.of(
                    Category.SOURCE, settings, "Reading the query's result after " + rowsRead + " rows", e);
        } finally {
            gate.leave();
        }
    }

    private void readRow(Batch batch, int row) {
        rowsRead++;
        for (int i = 0; i < columns.size(); i++) {
            cells.read(rows, i, batch.vector(i), row, rowsRead);
        }
    }

    @Override
    public void close() {
        if (!gate.close()) {
            return;
        }
        cancel();
        if (!gate.enterClosed()) {
            abort();
            return;
        }
        try (connection;
                statement;
                rows) {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("Closing the source's connection failed", e);
        } finally {
            gate.leave();
        }
    }

    /** Gives up a connection that does not answer: its pool makes another. */
    private void abort() {
        try (connection) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("The source's connection cannot be given up", e);
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
