package org.caravan.source.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.source.stream.BatchReader;
import org.caravan.source.stream.ReadGate;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that a COPY sends. Owns the connection; closing it cancels a COPY that is under way on the server, rolls the read
 * transaction back and gives the connection back to its pool.
 */
final class CopyRows implements BatchReader {
    private static final Logger LOG = LoggerFactory.getLogger(CopyRows.class);

    private final String settings;
    private final Connection connection;
    private final PGConnection postgres;
    private final CopyOut copy;
    private final Columns columns;
    private final DriverRows driverRows;
    private final CellReader otherReader;
    private final Cell[] cells;
    private final CopyLine line;
    private final ReadGate gate = new ReadGate();
    private volatile boolean atEnd;
    private long rowsRead;

    CopyRows(
            String settings,
            Connection connection,
            PGConnection postgres,
            CopyOut copy,
            Columns columns,
            Cell[] cells,
            DriverRows driverRows,
            CellReader otherReader) {
        this.settings = settings;
        this.connection = connection;
        this.postgres = postgres;
        this.copy = copy;
        this.columns = columns;
        this.driverRows = driverRows;
        this.otherReader = otherReader;
        this.cells = cells.clone();
        this.line = new CopyLine(cells.length);
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
                if (next()) {
                    decode(batch, row++);
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

    private boolean next() throws SQLException {
        gate.checkOpen();
        byte[] bytes = copy.readFromCopy();
        if (bytes == null) {
            atEnd = true;
            return false;
        }
        rowsRead++;
        if (!line.split(bytes)) {
            throw new CaravanException(
                    Category.SOURCE,
                    "Row " + rowsRead + " of the COPY does not have the " + cells.length
                            + " columns of its query; set read=resultset on caravan-query.");
        }
        return true;
    }

    private void decode(Batch batch, int row) throws SQLException {
        ResultSet other = null;
        try {
            for (int i = 0; i < cells.length; i++) {
                if (line.isNull(i)) {
                    batch.vector(i).setNull(row);
                } else if (!cells[i].decode(line.data(), line.start(i), line.end(i), batch.vector(i), row)) {
                    other = other == null ? driverRows.row(line) : other;
                    otherReader.read(other, i, batch.vector(i), row, rowsRead);
                }
            }
        } finally {
            if (other != null) {
                other.close();
            }
        }
    }

    @Override
    public void close() {
        if (!gate.close()) {
            return;
        }
        try (connection;
                driverRows) {
            if ((atEnd || cancel()) && gate.enterClosed()) {
                try {
                    drain();
                    connection.rollback();
                } finally {
                    gate.leave();
                }
            } else {
                // The server does not answer: the pool makes another connection.
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            LOG.debug("Closing the source's connection failed", e);
        }
    }

    /** Asks the server to end the COPY, over a connection of its own: this one is busy with the rows. */
    private boolean cancel() {
        try {
            postgres.cancelQuery();
            return true;
        } catch (SQLException e) {
            LOG.debug("The source's COPY cannot be cancelled", e);
            return false;
        }
    }

    /** Reads away what the server sent before it saw the cancel; only then does the connection take statements again. */
    private void drain() {
        try {
            while (copy.isActive() && copy.readFromCopy() != null) {
                LOG.trace("A row of a cancelled COPY");
            }
        } catch (SQLException e) {
            LOG.debug("The source's COPY was cancelled", e);
        }
    }
}
