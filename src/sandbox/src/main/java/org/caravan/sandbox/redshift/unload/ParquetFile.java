package org.caravan.sandbox.redshift.unload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.caravan.sandbox.redshift.wire.DataRow;

/** A Parquet file, version 1.0 and compressed with snappy: r_UNLOAD.html, "FORMAT AS PARQUET clause". */
final class ParquetFile implements OutputFile {
    /** The row groups of all open files together take at most this share of the heap. */
    private static final String POOL_SHARE = "0.4";

    private final ParquetWriter<DataRow> writer;

    /** @param kept the positions of the columns that stay in the file */
    ParquetFile(Path file, long rowGroupBytes, List<ResultColumn> columns, List<Integer> kept) throws IOException {
        PlainParquetConfiguration configuration = new PlainParquetConfiguration();
        configuration.set("parquet.memory.pool.ratio", POOL_SHARE);
        writer = new Builder(file, new Rows(columns, kept))
                .withConf(configuration)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withRowGroupSize(rowGroupBytes)
                .build();
    }

    @Override
    public void write(DataRow row) throws IOException {
        writer.write(row);
    }

    @Override
    public long size() {
        return writer.getDataSize();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static final class Builder extends ParquetWriter.Builder<DataRow, Builder> {
        private final Rows rows;

        Builder(Path file, Rows rows) {
            super(new LocalOutputFile(file));
            this.rows = rows;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<DataRow> getWriteSupport(Configuration configuration) {
            return rows;
        }

        @Override
        protected WriteSupport<DataRow> getWriteSupport(ParquetConfiguration configuration) {
            return rows;
        }
    }

    private static final class Rows extends WriteSupport<DataRow> {
        private final MessageType schema;
        private final String[] names;
        private final int[] positions;
        private final ParquetValue[] values;
        private RecordConsumer consumer;

        Rows(List<ResultColumn> columns, List<Integer> kept) {
            schema = ParquetSchema.of(columns, kept);
            positions = kept.stream().mapToInt(Integer::intValue).toArray();
            names = new String[positions.length];
            values = new ParquetValue[positions.length];
            for (int i = 0; i < positions.length; i++) {
                names[i] = schema.getFieldName(i);
                values[i] = ParquetValue.of(columns.get(positions[i]));
            }
        }

        @Override
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            consumer = recordConsumer;
        }

        @Override
        public void write(DataRow row) {
            consumer.startMessage();
            for (int i = 0; i < positions.length; i++) {
                if (!row.isNull(positions[i])) {
                    consumer.startField(names[i], i);
                    values[i].write(row, positions[i], consumer);
                    consumer.endField(names[i], i);
                }
            }
            consumer.endMessage();
        }
    }
}
