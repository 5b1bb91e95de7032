package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;

/**
 * Writes an Avro object container file straight from column batches, with the types that Redshift's COPY loads. An empty result
 * is a container without blocks, which still has the schema.
 *
 * <p>One block at a time is held in memory, see {@link AvroOptions#blockBytes}.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#object-container-files">Object container files</a>
 */
public final class AvroEncoder extends RowEncoder {
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int SYNC_BYTES = 16;
    private static final double FIRST_RATIO = 0.5;

    private final AvroOptions options;
    private final String schema;
    private final AvroField[] fields;
    private final AvroCompressor compressor;
    private final byte[] sync = new byte[SYNC_BYTES];
    private final Buffer block = new Buffer();
    private final Buffer head = new Buffer();
    private long blockRows;
    private long blockBytesIn;
    private long blockBytesOut;

    /**
     * Begins a file; nothing is written yet.
     *
     * @throws FormatException if a column's name is no Avro name and {@link AvroNames} refuses it
     */
    public AvroEncoder(Columns columns, AvroOptions options, OutputStream out) {
        super(columns, out);
        this.options = requireNonNull(options, "options");
        this.schema = AvroSchema.of(columns, options);
        this.fields =
                columns.stream().map(column -> AvroField.of(column, options)).toArray(AvroField[]::new);
        this.compressor = AvroCompressor.of(options.codec());
        ThreadLocalRandom.current().nextBytes(sync);
    }

    @Override
    void writeRow(Batch batch, int row) throws IOException {
        int start = block.size();
        for (int column = 0; column < fields.length; column++) {
            fields[column].put(batch.vector(column), row, block);
        }
        requireFits(block.size() - start, options.maxRowBytes());
        if (block.size() > options.blockBytes() && blockRows > 0) {
            writeBlock(start);
        }
        blockRows++;
        if (block.size() >= options.blockBytes()) {
            writeBlock(block.size());
        }
    }

    @Override
    public long encodedBytes() {
        double ratio = blockBytesIn == 0 ? FIRST_RATIO : blockBytesOut / (double) blockBytesIn;
        return out.position() + (long) (block.size() * (options.codec() == AvroCodec.NONE ? 1 : ratio));
    }

    @Override
    void finishFile() throws IOException {
        writeHeadOnce();
        if (blockRows > 0) {
            writeBlock(block.size());
        }
    }

    @Override
    void free() {
        compressor.close();
        block.release(0);
    }

    /** Writes the block's first bytes, which are all rows that are counted. */
    private void writeBlock(int length) throws IOException {
        writeHeadOnce();
        Buffer compressed = compressor.compress(block, length);
        requireFits(compressed.size(), options.maxRowBytes());
        head.clear();
        head.putZigZag(blockRows);
        head.putZigZag(compressed.size());
        out.write(head.data(), 0, head.size());
        out.write(compressed.data(), 0, compressed.size());
        out.write(sync);
        blockBytesIn += length;
        blockBytesOut += compressed.size();
        block.removeFirst(length);
        blockRows = 0;
    }

    private void writeHeadOnce() throws IOException {
        if (out.position() > 0) {
            return;
        }
        head.clear();
        head.write(MAGIC, 0, MAGIC.length);
        head.putZigZag(2);
        putBytes("avro.schema", head);
        putBytes(schema, head);
        putBytes("avro.codec", head);
        putBytes(options.codec().avroName(), head);
        head.putZigZag(0);
        head.write(sync, 0, sync.length);
        out.write(head.data(), 0, head.size());
    }

    private static void putBytes(String text, Buffer out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putZigZag(bytes.length);
        out.write(bytes, 0, bytes.length);
    }
}
