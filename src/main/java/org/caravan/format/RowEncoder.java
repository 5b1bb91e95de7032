package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;

/** The life cycle of an encoder that writes row by row. */
abstract class RowEncoder implements Encoder {
    final Columns columns;
    final FileOutput out;
    private State state = State.OPEN;
    private long rows;

    private enum State {
        OPEN,
        FINISHED,
        FAILED,
        CLOSED
    }

    RowEncoder(Columns columns, OutputStream out) {
        this.columns = requireNonNull(columns, "columns");
        this.out = new FileOutput(requireNonNull(out, "out"));
    }

    @Override
    public final void write(Batch batch, int fromRow, int toRow) throws IOException {
        Objects.checkFromToIndex(fromRow, toRow, batch.rows());
        if (!batch.columns().equals(columns)) {
            throw new IllegalArgumentException("The batch's columns are not the file's: "
                    + batch.columns().list() + " instead of " + columns.list());
        }
        begin("write");
        try {
            for (int row = fromRow; row < toRow; row++) {
                writeRow(batch, row);
                rows++;
            }
        } catch (Refusal e) {
            throw e.at(rows);
        }
        state = State.OPEN;
    }

    @Override
    public final long rows() {
        return rows;
    }

    @Override
    public final void finish() throws IOException {
        begin("finish");
        finishFile();
        state = State.FINISHED;
    }

    @Override
    public final void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            out.discard();
            free();
        }
    }

    /** Encodes one row; may throw a {@link Refusal}. */
    abstract void writeRow(Batch batch, int row) throws IOException;

    /** Writes what is buffered and the file's end. */
    abstract void finishFile() throws IOException;

    /** Frees buffers and native memory; the output takes nothing any more. */
    abstract void free();

    /** Refuses a row that is too large for COPY. */
    final void requireFits(long rowBytes, int maxRowBytes) {
        if (rowBytes > maxRowBytes) {
            throw new FormatException(
                    "Row " + (rows + 1) + " of the file takes " + rowBytes
                            + " bytes; allowed are maxRowBytes=" + maxRowBytes
                            + ", since COPY loads rows of up to 4 MB."
                            + " Leave columns out in the SQL, or set maxRowBytes higher for a file that is not loaded into Redshift");
        }
    }

    /** Leaves the state at failed until the operation has succeeded. */
    private void begin(String operation) {
        if (state != State.OPEN) {
            throw new IllegalStateException("Cannot " + operation + ": the encoder is " + state);
        }
        state = State.FAILED;
    }
}
