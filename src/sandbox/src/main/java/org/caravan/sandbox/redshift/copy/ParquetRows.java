package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads the rows of one Parquet file and writes them for PostgreSQL: flat columns value by value, SUPER columns as records.
 * Used once, by one thread.
 */
final class ParquetRows {
    /** A buffer of this size is worth sending. */
    private static final int FILLED = 1 << 16;

    private final ParquetSource source;
    private final ParquetColumns columns;
    private final CopyOptions.Conversion conversion;
    private final RowErrors errors;
    private ParquetField[] fields = new ParquetField[0];
    private Optional<MessageType> documents = Optional.empty();

    ParquetRows(ParquetSource source, ParquetColumns columns, CopyOptions.Conversion conversion, RowErrors errors) {
        this.source = source;
        this.columns = columns;
        this.conversion = conversion;
        this.errors = errors;
    }

    /** Writes all rows of the downloaded file and returns their number. */
    long write(Path downloaded, RowBuffer buffer, FileLoader.Sink sink) throws IOException, CopyFailure.Thrown {
        long rows = 0;
        try (ParquetFileReader reader = open(downloaded)) {
            FileMetaData meta = reader.getFooter().getFileMetaData();
            prepare(meta.getSchema());
            for (Optional<PageReadStore> pages = next(reader); pages.isPresent(); pages = next(reader)) {
                Optional<RecordReader<Group>> records = begin(pages.get(), meta);
                for (long row = 0; row < pages.get().getRowCount(); row++) {
                    rows++;
                    row(rows, records, buffer);
                    if (buffer.size() >= FILLED && !sink.accept(buffer)) {
                        return rows;
                    }
                }
            }
        }
        return rows;
    }

    private ParquetFileReader open(Path downloaded) throws IOException, CopyFailure.Thrown {
        ParquetReadOptions options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try {
            return ParquetFileReader.open(new LocalInputFile(downloaded), options);
        } catch (IOException | RuntimeException e) {
            // parquet-hadoop says "is not a Parquet file" by a RuntimeException
            // field: "File 'https://s3…  has an invalid version number: …", the last bytes of the file
            throw source.failure(
                    ParquetSource.BAD_FILE,
                    "File '" + source.https() + "  has an invalid version number: " + tail(downloaded));
        }
    }

    /** The bytes where a Parquet file has its magic number. */
    private static String tail(Path downloaded) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(downloaded.toFile(), "r")) {
            byte[] last = new byte[(int) Math.min(4, file.length())];
            file.seek(file.length() - last.length);
            file.readFully(last);
            return new String(last, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
        }
    }

    private void prepare(MessageType schema) throws CopyFailure.Thrown {
        List<ParquetField> mapped = new ArrayList<>();
        List<Type> super_ = new ArrayList<>();
        for (ParquetColumns.Match match : columns.match(schema)) {
            if (match.field().isEmpty()) {
                mapped.add(new ParquetField.Missing(match.column()));
            } else if (match.isDocument()) {
                mapped.add(new ParquetField.Document(match.column(), super_.size()));
                super_.add(match.field().get());
            } else {
                mapped.add(ParquetField.Flat.of(match, schema, conversion));
            }
        }
        fields = mapped.toArray(ParquetField[]::new);
        documents = super_.isEmpty() ? Optional.empty() : Optional.of(new MessageType(schema.getName(), super_));
    }

    private Optional<PageReadStore> next(ParquetFileReader reader) throws CopyFailure.Thrown {
        try {
            return Optional.ofNullable(reader.readNextRowGroup());
        } catch (IOException | RuntimeException e) {
            throw source.unreadable(e);
        }
    }

    /** Sets the fields on the first row of a row group. */
    private Optional<RecordReader<Group>> begin(PageReadStore pages, FileMetaData meta) throws CopyFailure.Thrown {
        try {
            ColumnReadStoreImpl store =
                    new ColumnReadStoreImpl(pages, new IgnoringGroup(), meta.getSchema(), meta.getCreatedBy());
            for (ParquetField field : fields) {
                field.begin(store);
            }
            return documents.map(schema -> new ColumnIOFactory(meta.getCreatedBy())
                    .getColumnIO(schema, meta.getSchema())
                    .getRecordReader(pages, new GroupRecordConverter(schema)));
        } catch (RuntimeException e) {
            throw source.unreadable(e);
        }
    }

    private void row(long line, Optional<RecordReader<Group>> records, RowBuffer buffer)
            throws IOException, CopyFailure.Thrown {
        buffer.int16(fields.length);
        int at = 0;
        try {
            Group record = records.isPresent() ? records.get().read() : null;
            for (; at < fields.length; at++) {
                fields[at].write(record, buffer);
            }
        } catch (BadValue e) {
            throw source.rejected(line, fields[at].column(), e);
        } catch (RuntimeException e) {
            throw source.unreadable(e);
        }
        if (conversion.replacement().isPresent()) {
            replaced(line);
        }
    }

    private void replaced(long line) {
        for (ParquetField field : fields) {
            if (field.takeReplaced()) {
                errors.replaced(new LoadHistory.Replacement(
                        source.file().toString(), line, field.column().name(), ""));
                return;
            }
        }
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
