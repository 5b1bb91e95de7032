package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** Reads the rows of one Parquet file, column by column within a row group, and writes them for PostgreSQL. */
final class ParquetRows {
    private static final int NOT_NULL_VIOLATED = 1213;
    private static final int DOES_NOT_FIT = 1204;

    /** Takes filled buffers; false says that nobody wants more. */
    interface Sink {
        boolean accept(RowBuffer rows) throws IOException, CopyFailure.Thrown;
    }

    private final S3Location file;
    private final String https;
    private final List<TargetColumn> table;
    private ColumnReader[] readers = new ColumnReader[0];
    private int[] levels = new int[0];
    private ColumnValues[] values = new ColumnValues[0];

    ParquetRows(S3Location file, String https, List<TargetColumn> table) {
        this.file = file;
        this.https = https;
        this.table = table;
    }

    /** Writes all rows of the downloaded file and returns their number. */
    long write(Path downloaded, RowBuffer buffer, Sink sink) throws IOException, CopyFailure.Thrown {
        ParquetReadOptions options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        long rows = 0;
        try (ParquetFileReader reader = open(downloaded, options)) {
            MessageType schema = reader.getFooter().getFileMetaData().getSchema();
            String createdBy = reader.getFooter().getFileMetaData().getCreatedBy();
            List<ColumnDescriptor> columns = ParquetColumns.match(schema, table, file, https);
            prepare(columns);
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                ColumnReadStoreImpl store = new ColumnReadStoreImpl(pages, new IgnoringGroup(), schema, createdBy);
                for (int i = 0; i < readers.length; i++) {
                    readers[i] = store.getColumnReader(columns.get(i));
                }
                for (long row = 0; row < pages.getRowCount(); row++) {
                    row(rows, buffer);
                    rows++;
                    if (buffer.size() >= 1 << 16 && !sink.accept(buffer)) {
                        return rows;
                    }
                }
            }
        }
        return rows;
    }

    private ParquetFileReader open(Path downloaded, ParquetReadOptions options) throws IOException, CopyFailure.Thrown {
        try {
            return ParquetFileReader.open(new LocalInputFile(downloaded), options);
        } catch (RuntimeException e) {
            // parquet-hadoop says "is not a Parquet file" by a RuntimeException
            String context = "File '" + https + "  has an invalid version number: not a Parquet file";
            throw CopyFailure.spectrum(15001, context, LoadError.ofFile(file, 15001, context))
                    .thrown();
        }
    }

    private void prepare(List<ColumnDescriptor> columns) {
        List<ColumnValues> mapped = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            mapped.add(ColumnValues.of(columns.get(i).getPrimitiveType(), table.get(i)));
        }
        values = mapped.toArray(ColumnValues[]::new);
        readers = new ColumnReader[values.length];
        levels = columns.stream()
                .mapToInt(ColumnDescriptor::getMaxDefinitionLevel)
                .toArray();
    }

    private void row(long rowsBefore, RowBuffer buffer) throws CopyFailure.Thrown {
        buffer.int16(readers.length);
        for (int i = 0; i < readers.length; i++) {
            ColumnReader reader = readers[i];
            if (reader.getCurrentDefinitionLevel() < levels[i]) {
                if (table.get(i).notNull()) {
                    throw refused(rowsBefore + 1, i, NOT_NULL_VIOLATED, "Missing data for not-null field");
                }
                buffer.nullValue();
            } else {
                Optional<String> problem = values[i].write(reader, buffer);
                if (problem.isPresent()) {
                    throw refused(rowsBefore + 1, i, DOES_NOT_FIT, problem.get());
                }
            }
            reader.consume();
        }
    }

    private CopyFailure.Thrown refused(long line, int index, int code, String reason) {
        TargetColumn column = table.get(index);
        String length = column.length() < 0 ? "" : String.valueOf(column.length());
        LoadError error = new LoadError(file.toString(), line, column.name(), column.type(), length, "", code, reason);
        return CopyFailure.spectrum(
                        15007,
                        reason + ", column: " + column.name() + ", row: " + line + ", File name: " + https,
                        error)
                .thrown();
    }

    /** The readers are asked directly, so nothing is converted. */
    private static final class IgnoringGroup extends GroupConverter {
        @Override
        public Converter getConverter(int field) {
            return new PrimitiveConverter() {};
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
