package org.caravan.stage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.caravan.format.PartSource;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.schema.RowStream;

/**
 * One file of a run: a slice of the run's rows, encoded into a local file of its own. A file, because an SDK cannot send a stream
 * again after a fault.
 *
 * <p>Life: issued by {@link Parts} → encoded, or failed → done, when it was uploaded. {@link Parts} holds the state; the file is
 * deleted when the part is done or failed.
 */
final class Part implements PartSource {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Parts parts;
    private final int number;
    private final Path file;
    private final long maxRows;
    private final CRC32 crc = new CRC32();
    private volatile String key = "";
    private long rowsRead;

    Part(Parts parts, int number, Path file, long maxRows) {
        this.parts = parts;
        this.number = number;
        this.file = file;
        this.maxRows = maxRows;
    }

    int number() {
        return number;
    }

    /** The part's S3 key, which shows the file's format; empty before {@link #format}. */
    String key() {
        return key;
    }

    /** The CRC-32 of what was written to the file. */
    long crc32() {
        return crc.getValue();
    }

    /** The file that holds the encoded part; owned by this part. */
    Path file() {
        return file;
    }

    @Override
    public void format(FileFormat format) {
        key = parts.format(this, format);
    }

    @Override
    public void fileTypes(List<String> names) {
        parts.fileTypes(names);
    }

    @Override
    public RowStream rows() {
        parts.started(this);
        return new Rows();
    }

    @Override
    public OutputStream output(OutputStream given) {
        return new BufferedOutputStream(PartFile.create(this, file, crc), BUFFER_BYTES);
    }

    @Override
    public boolean isFull(long encodedBytes) {
        return parts.isFull(this, rowsRead, encodedBytes);
    }

    @Override
    public void encoded(long rows, long bytes) {
        parts.encoded(this, rows, bytes);
    }

    @Override
    public void failed(Throwable cause) {
        parts.failed(this, cause);
    }

    @Override
    public void released(Optional<Throwable> failure) {
        failure.ifPresentOrElse(cause -> parts.failed(this, cause), () -> parts.done(this));
    }

    void deleteFile() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public String toString() {
        return "part " + number + (key.isEmpty() ? "" : " (" + key + ")");
    }

    /** The run's rows from where the part before ended; ends only with them, so the encoder asks {@link #isFull}. */
    private final class Rows implements RowStream {
        @Override
        public Columns columns() {
            return parts.columns();
        }

        @Override
        public Batch read(int maxRowsWanted) {
            Batch batch = parts.read((int) Math.min(maxRowsWanted, maxRows - rowsRead));
            rowsRead += batch.rows();
            return batch;
        }

        @Override
        public void close() {
            // The stream behind is the run's; the next part goes on with it.
        }
    }
}
