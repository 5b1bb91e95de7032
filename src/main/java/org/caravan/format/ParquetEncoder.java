package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.format.ColumnChunk;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;

/**
 * Writes a Parquet file straight from column batches: flat, every column optional, with dictionaries, statistics and page
 * checksums, and the physical types that Redshift's COPY demands.
 *
 * <p>One row group at a time is held in memory, see {@link ParquetOptions#rowGroupBytes}; it goes to the output when it is
 * full. The file is readable only after {@link #finish}, which writes the footer.
 */
public final class ParquetEncoder implements Encoder {
    /** The rows after which the row group's size is looked at: it is exceeded by at most so many. */
    private static final int SLICE_ROWS = 1024;

    /** The least memory that a column keeps from one row group to the next. */
    private static final int LEAST_RETAINED_BYTES = 4096;

    private final Columns columns;
    private final ParquetOptions options;
    private final FileOutput out;
    private final PageWriter pageWriter;
    private final List<ColumnWriter> writers = new ArrayList<>();
    private final ParquetFooter footer;
    private State state = State.OPEN;
    private long rows;
    private int rowGroupRows;

    private enum State {
        OPEN,
        FINISHED,
        FAILED,
        CLOSED
    }

    /** Begins a file; nothing is written yet. */
    public ParquetEncoder(Columns columns, ParquetOptions options, OutputStream out) {
        this.columns = requireNonNull(columns, "columns");
        this.options = requireNonNull(options, "options");
        this.out = new FileOutput(requireNonNull(out, "out"));
        this.footer = new ParquetFooter(columns);
        this.pageWriter = new PageWriter(options.codec());
        int dictionaryBytes = dictionaryBytes(options, columns.size());
        columns.forEach(column -> writers.add(ColumnWriters.of(column, options, dictionaryBytes, pageWriter)));
    }

    @Override
    public void write(Batch batch, int fromRow, int toRow) throws IOException {
        Objects.checkFromToIndex(fromRow, toRow, batch.rows());
        if (!batch.columns().equals(columns)) {
            throw new IllegalArgumentException("The batch's columns are not the file's: "
                    + batch.columns().list() + " instead of " + columns.list());
        }
        begin("write");
        int row = fromRow;
        while (row < toRow) {
            int end = Math.min(toRow, row + Math.min(SLICE_ROWS, options.rowGroupRows() - rowGroupRows));
            for (int column = 0; column < writers.size(); column++) {
                writers.get(column).write(batch.vector(column), row, end);
            }
            rowGroupRows += end - row;
            rows += end - row;
            row = end;
            if (rowGroupRows >= options.rowGroupRows() || heldBytes() >= options.rowGroupBytes()) {
                endRowGroup();
            }
        }
        state = State.OPEN;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long encodedBytes() {
        double buffered = 0;
        for (ColumnWriter writer : writers) {
            buffered += writer.encodedBytes();
        }
        return out.position() + (long) buffered;
    }

    @Override
    public void finish() throws IOException {
        begin("finish");
        if (rowGroupRows > 0) {
            endRowGroup();
        }
        writeHeadOnce();
        footer.write(out);
        state = State.FINISHED;
    }

    @Override
    public void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            writers.clear();
            pageWriter.close();
        }
    }

    /** The memory that the open row group takes, in bytes. */
    long heldBytes() {
        long held = 0;
        for (ColumnWriter writer : writers) {
            held += writer.heldBytes();
        }
        return held;
    }

    /** In a wide file dictionaries must leave room for pages: a quarter of the column's share of the row group. */
    private static int dictionaryBytes(ParquetOptions options, int columns) {
        long share = options.rowGroupBytes() / columns;
        return (int) Math.min(options.dictionaryBytes(), Math.max(1, share / 4));
    }

    /** Leaves the state at failed until the operation has succeeded. */
    private void begin(String operation) {
        if (state != State.OPEN) {
            throw new IllegalStateException("Cannot " + operation + ": the encoder is " + state);
        }
        state = State.FAILED;
    }

    private void endRowGroup() throws IOException {
        writeHeadOnce();
        long start = out.position();
        List<ColumnChunk> chunks = new ArrayList<>(writers.size());
        int mostRetained = (int)
                Math.max(LEAST_RETAINED_BYTES, Math.min(options.pageBytes(), options.rowGroupBytes() / writers.size()));
        for (ColumnWriter writer : writers) {
            chunks.add(writer.endRowGroup(out, mostRetained));
        }
        footer.add(chunks, rowGroupRows, start, out.position());
        rowGroupRows = 0;
    }

    private void writeHeadOnce() throws IOException {
        if (out.position() == 0) {
            ParquetFooter.writeHead(out);
        }
    }
}
