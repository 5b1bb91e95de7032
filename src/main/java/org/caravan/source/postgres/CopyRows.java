package org.caravan.source.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.source.stream.BatchReader;
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

    /** Time in which the server must have ended a cancelled COPY; after it the connection is given up. */
    private static final long CANCEL_SECONDS = 5;

    private final String settings;
    private final Connection connection;
    private final PGConnection postgres;
    private final CopyOut copy;
    private final Columns columns;
    private final DriverRows driverRows;
    private final CellReader otherReader;
    private final Cell[] cells;
    private final CopyLine line;
    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
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
        reading.lock();
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
            checkOpen();
            throw SqlFailures.of(
                    Category.SOURCE, settings, "Reading the query's result after " + rowsRead + " rows", e);
        } finally {
            reading.unlock();
        }
    }

    private boolean next() throws SQLException {
        checkOpen();
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

    private void checkOpen() {
        if (closed.get()) {
            throw new CaravanException(Category.INTERRUPTED, "The run ended while it read the query's result.");
        }
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
        if (closed.getAndSet(true)) {
            return;
        }
        try (connection;
                driverRows) {
            if ((atEnd || cancel()) && reading.tryLock(CANCEL_SECONDS, TimeUnit.SECONDS)) {
                try {
                    drain();
                    connection.rollback();
                } finally {
                    reading.unlock();
                }
            } else {
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            LOG.debug("Closing the source's connection failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
