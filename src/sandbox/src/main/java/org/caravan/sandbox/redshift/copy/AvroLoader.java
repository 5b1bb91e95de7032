package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Loads Avro object container files; logical types mean nothing:
 * https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-format.html#copy-avro.
 */
final class AvroLoader implements FileLoader {
    private static final int FLUSH = 1 << 16;
    private static final int MAX_HEADER = 1024 * 1024;
    private static final int MAX_BLOCK = 4 * 1024 * 1024;
    private static final Set<String> CODECS = Set.of("null", "deflate", "snappy");
    /** Without conversions of logical types. */
    private static final GenericData DATA = new GenericData();

    private final S3Objects s3;
    private final CopyOptions options;
    private final FieldPaths paths;
    private final RowWriter writer;
    private final Fields row;

    AvroLoader(S3Objects s3, CopyStatement statement, CopyTarget target, RowErrors errors) throws CopyFailure.Thrown {
        this.s3 = s3;
        this.options = statement.options();
        this.writer = new RowWriter(target, options, Optional.empty(), errors);
        this.paths = FieldPaths.of(((DataFormat.Avro) statement.format()).mapping(), writer.names(), s3);
        this.row = new Fields(writer.size());
    }

    @Override
    public long load(S3Objects.Found file, RowBuffer out, Sink sink) throws IOException, CopyFailure.Thrown {
        writer.file(file.file());
        try (FileInput input = FileInput.open(s3, file.file(), options);
                DataFileStream<IndexedRecord> records = open(input, file.file())) {
            check(records, file.file());
            int[] fields = paths.byName() ? fieldsByColumn(records.getSchema()) : new int[0];
            long rows = 0;
            row.line = 0;
            IndexedRecord record = null;
            while (hasNext(records, file.file())) {
                record = next(records, record, file.file());
                row.clear();
                row.line++;
                row.count = writer.size();
                row.raw = new byte[0];
                row.rawTo = 0;
                for (int i = 0; i < writer.size(); i++) {
                    set(
                            i,
                            paths.byName()
                                    ? fields[i] < 0 ? null : record.get(fields[i])
                                    : find(record, paths.paths().get(i)));
                }
                rows += writer.write(row, false, out) ? 1 : 0;
                if (out.size() >= FLUSH && !sink.accept(out)) {
                    return rows;
                }
            }
            return rows;
        }
    }

    private static DataFileStream<IndexedRecord> open(FileInput input, S3Location file) throws CopyFailure.Thrown {
        try {
            return new DataFileStream<>(input.stream(), new GenericDatumReader<>(null, null, DATA));
        } catch (SdkException e) {
            throw FileInput.failure(file, e);
        } catch (IOException | AvroRuntimeException e) {
            throw invalid(String.valueOf(e.getMessage()), file);
        }
    }

    private static void check(DataFileStream<IndexedRecord> records, S3Location file) throws CopyFailure.Thrown {
        if (records.getSchema().getType() != Schema.Type.RECORD) {
            throw invalid("the schema's type is " + records.getSchema().getType() + ", not record", file);
        }
        String codec = Optional.ofNullable(records.getMetaString(DataFileConstants.CODEC))
                .orElse("null");
        if (!CODECS.contains(codec)) {
            throw invalid("codec '" + codec + "' is none of null, deflate, snappy", file);
        }
        long header = 0;
        for (String key : records.getMetaKeys()) {
            header += key.length() + records.getMeta(key).length;
        }
        if (header > MAX_HEADER) {
            throw invalid("the header has " + header + " bytes, more than 1 MB", file);
        }
    }

    private static boolean hasNext(DataFileStream<IndexedRecord> records, S3Location file) throws CopyFailure.Thrown {
        try {
            boolean more = records.hasNext();
            if (more && records.getBlockSize() > MAX_BLOCK) {
                throw invalid("a data block has " + records.getBlockSize() + " bytes, more than 4 MB", file);
            }
            return more;
        } catch (SdkException e) {
            throw FileInput.failure(file, e);
        } catch (AvroRuntimeException e) {
            throw invalid(String.valueOf(e.getMessage()), file);
        }
    }

    private static IndexedRecord next(DataFileStream<IndexedRecord> records, IndexedRecord reused, S3Location file)
            throws CopyFailure.Thrown {
        try {
            return records.next(reused);
        } catch (SdkException e) {
            throw FileInput.failure(file, e);
        } catch (IOException | AvroRuntimeException e) {
            throw invalid(String.valueOf(e.getMessage()), file);
        }
    }

    /** A file that cannot be read fails the load, whatever MAXERROR says. */
    private static CopyFailure.Thrown invalid(String why, S3Location file) {
        String reason = "Invalid AVRO file found: " + why;
        return new CopyFailure(
                        CopyFailure.internal(reason, 8001, file.toString()),
                        Optional.of(LoadError.ofFile(file, BadValue.INVALID_LINE, reason)))
                .thrown();
    }

    private int[] fieldsByColumn(Schema schema) {
        int[] fields = new int[writer.size()];
        java.util.Arrays.fill(fields, -1);
        Map<String, Integer> columns = paths.columnsByName();
        for (Schema.Field field : schema.getFields()) {
            Integer column = columns.get(paths.folded(field.name()));
            if (column != null) {
                fields[column] = field.pos();
            }
        }
        return fields;
    }

    private Object find(IndexedRecord record, List<FieldPaths.Step> path) {
        Object found = record;
        for (FieldPaths.Step step : path) {
            if (step.name().isPresent() && found instanceof IndexedRecord inner) {
                Schema.Field field = inner.getSchema().getField(step.name().get());
                found = field == null ? null : inner.get(field.pos());
            } else if (step.name().isPresent() && found instanceof Map<?, ?> map) {
                found = map.get(new Utf8(step.name().get()));
            } else if (step.name().isEmpty() && found instanceof List<?> list) {
                found = step.index() < list.size() ? list.get(step.index()) : null;
            } else {
                return null;
            }
        }
        return found;
    }

    private void set(int index, Object value) {
        if (value == null) {
            return;
        }
        if (value instanceof Utf8 text) {
            row.set(index, text.getBytes(), text.getByteLength());
            return;
        }
        String text = value instanceof Float || value instanceof Double
                ? decimal(value.toString())
                : value instanceof GenericData.EnumSymbol ? value.toString() : DATA.toString(value);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        row.set(index, bytes, bytes.length);
    }

    /** Without an exponent. */
    private static String decimal(String number) {
        return number.indexOf('E') < 0 ? number : new BigDecimal(number).toPlainString();
    }
}
