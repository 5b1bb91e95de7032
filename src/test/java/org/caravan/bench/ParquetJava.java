package org.caravan.bench;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.caravan.format.ParquetCodec;
import org.caravan.format.ParquetOptions;
import org.caravan.schema.Batch;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;
import org.xerial.snappy.Snappy;

/** Apache Parquet's own column writers, without its file writer and Hadoop: pages are compressed and go to the output. */
final class ParquetJava implements FormatWriter {
    private static final int CHECK_ROWS = 1024;

    private final ParquetCodec codec;

    ParquetJava(ParquetCodec codec) {
        this.codec = codec;
    }

    @Override
    public void write(List<Batch> batches, int count, OutputStream out) throws IOException {
        Columns columns = batches.get(0).columns();
        Types.MessageTypeBuilder builder = Types.buildMessage();
        columns.forEach(column -> builder.optional(type(column)).named(column.name()));
        MessageType schema = builder.named("row");
        ColumnWriteStore store = store(schema, out);
        ColumnWriter[] writers = writers(schema, store);
        for (int i = 0; i < count; i++) {
            Batch batch = batches.get(i % batches.size());
            for (int row = 0; row < batch.rows(); row++) {
                for (int column = 0; column < writers.length; column++) {
                    put(writers[column], batch.vector(column), columns.get(column), row);
                }
                store.endRecord();
                if (row % CHECK_ROWS == 0 && store.getBufferedSize() > ParquetOptions.DEFAULT_ROW_GROUP_BYTES) {
                    store.flush();
                    store.close();
                    store = store(schema, out);
                    writers = writers(schema, store);
                }
            }
        }
        store.flush();
        store.close();
    }

    private ColumnWriteStore store(MessageType schema, OutputStream out) {
        ParquetProperties properties = ParquetProperties.builder()
                .withWriterVersion(WriterVersion.PARQUET_1_0)
                .build();
        return properties.newColumnWriteStore(schema, path -> new Pages(codec, out));
    }

    private static ColumnWriter[] writers(MessageType schema, ColumnWriteStore store) {
        return schema.getColumns().stream().map(store::getColumnWriter).toArray(ColumnWriter[]::new);
    }

    private static PrimitiveTypeName type(Column column) {
        ColumnType type = column.type();
        if (type instanceof ColumnType.Bool) {
            return BOOLEAN;
        }
        if (type instanceof ColumnType.Text) {
            return BINARY;
        }
        if (type instanceof ColumnType.FloatingPoint) {
            return DOUBLE;
        }
        return isInt(type) ? INT32 : INT64;
    }

    private static boolean isInt(ColumnType type) {
        return type instanceof ColumnType.Date
                || (type instanceof ColumnType.Int number && number.bytes() <= Integer.BYTES);
    }

    private static void put(ColumnWriter writer, Vector vector, Column column, int row) {
        if (vector.isNull(row)) {
            writer.writeNull(0, 0);
        } else if (vector instanceof BytesVector text) {
            writer.write(Binary.fromReusedByteArray(text.data(), text.start(row), text.length(row)), 0, 1);
        } else if (vector instanceof DoubleVector number) {
            writer.write(number.get(row), 0, 1);
        } else if (column.type() instanceof ColumnType.Bool) {
            writer.write(((LongVector) vector).get(row) == 1, 0, 1);
        } else if (isInt(column.type())) {
            writer.write((int) ((LongVector) vector).get(row), 0, 1);
        } else {
            writer.write(((LongVector) vector).get(row), 0, 1);
        }
    }

    /** Compresses pages into the output; they are not held until the row group ends, which only helps the library. */
    private static final class Pages implements PageWriter {
        private final ParquetCodec codec;
        private final OutputStream out;
        private long bytes;

        Pages(ParquetCodec codec, OutputStream out) {
            this.codec = codec;
            this.out = out;
        }

        private void put(BytesInput page) throws IOException {
            ByteArrayOutputStream bytesOut = new ByteArrayOutputStream((int) page.size());
            page.writeAllTo(bytesOut);
            byte[] plain = bytesOut.toByteArray();
            byte[] compressed = codec == ParquetCodec.ZSTD ? Zstd.compress(plain, 1) : Snappy.compress(plain);
            out.write(compressed);
            bytes += compressed.length;
        }

        @Override
        @Deprecated
        public void writePage(
                BytesInput page,
                int values,
                Statistics<?> statistics,
                Encoding repetition,
                Encoding definition,
                Encoding encoding)
                throws IOException {
            put(page);
        }

        @Override
        public void writePage(
                BytesInput page,
                int values,
                int rows,
                Statistics<?> statistics,
                Encoding repetition,
                Encoding definition,
                Encoding encoding)
                throws IOException {
            put(page);
        }

        @Override
        public void writePage(
                BytesInput page,
                int values,
                int rows,
                Statistics<?> statistics,
                SizeStatistics sizes,
                GeospatialStatistics places,
                Encoding repetition,
                Encoding definition,
                Encoding encoding)
                throws IOException {
            put(page);
        }

        @Override
        public void writePageV2(
                int rows,
                int nulls,
                int values,
                BytesInput repetition,
                BytesInput definition,
                Encoding encoding,
                BytesInput page,
                Statistics<?> statistics) {
            throw new UnsupportedOperationException("Pages are of version 1");
        }

        @Override
        public long getMemSize() {
            return bytes;
        }

        @Override
        public long allocatedSize() {
            return bytes;
        }

        @Override
        public void writeDictionaryPage(DictionaryPage page) throws IOException {
            put(page.getBytes());
        }

        @Override
        public String memUsageString(String prefix) {
            return prefix + bytes;
        }
    }
}
