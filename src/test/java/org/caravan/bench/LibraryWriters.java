package org.caravan.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaBuilder.FieldAssembler;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.caravan.schema.Batch;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** The usual libraries, used as their manuals say: an object or a string for each value. */
final class LibraryWriters {
    private static final int MICROS = 1_000_000;

    private LibraryWriters() {}

    static void avro(List<Batch> batches, int count, OutputStream out) throws IOException {
        Columns columns = batches.get(0).columns();
        Schema schema = schema(columns);
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
            writer.setCodec(CodecFactory.nullCodec());
            writer.create(schema, out);
            eachRow(batches, count, (batch, row) -> {
                GenericRecord values = new GenericData.Record(schema);
                for (int column = 0; column < columns.size(); column++) {
                    values.put(
                            column,
                            object(batch.vector(column), columns.get(column), row)
                                    .orElse(null));
                }
                writer.append(values);
            });
        }
    }

    static void commonsCsv(List<Batch> batches, int count, OutputStream out) throws IOException {
        Columns columns = batches.get(0).columns();
        try (CSVPrinter printer = new CSVPrinter(writer(out), CSVFormat.RFC4180)) {
            eachRow(batches, count, (batch, row) -> {
                for (int column = 0; column < columns.size(); column++) {
                    printer.print(object(batch.vector(column), columns.get(column), row)
                            .orElse("<NULL>"));
                }
                printer.println();
            });
        }
    }

    static void fastCsv(List<Batch> batches, int count, OutputStream out) throws IOException {
        Columns columns = batches.get(0).columns();
        String[] fields = new String[columns.size()];
        try (CsvWriter csv = CsvWriter.builder().build(writer(out))) {
            eachRow(batches, count, (batch, row) -> {
                for (int column = 0; column < fields.length; column++) {
                    fields[column] = object(batch.vector(column), columns.get(column), row)
                            .orElse("<NULL>")
                            .toString();
                }
                csv.writeRecord(fields);
            });
        }
    }

    static void jackson(List<Batch> batches, int count, OutputStream out) throws IOException {
        Columns columns = batches.get(0).columns();
        List<SerializedString> names =
                columns.stream().map(Column::name).map(SerializedString::new).toList();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setRootValueSeparator(new SerializedString("\n"));
            eachRow(batches, count, (batch, row) -> {
                json.writeStartObject();
                for (int column = 0; column < columns.size(); column++) {
                    json.writeFieldName(names.get(column));
                    put(json, batch.vector(column), columns.get(column), row);
                }
                json.writeEndObject();
            });
        }
    }

    private static void put(JsonGenerator json, Vector vector, Column column, int row) throws IOException {
        if (vector.isNull(row)) {
            json.writeNull();
        } else if (vector instanceof BytesVector text) {
            json.writeUTF8String(text.data(), text.start(row), text.length(row));
        } else if (vector instanceof DoubleVector number) {
            json.writeNumber(number.get(row));
        } else if (column.type() instanceof ColumnType.Int) {
            json.writeNumber(((LongVector) vector).get(row));
        } else if (column.type() instanceof ColumnType.Decimal) {
            json.writeNumber(String.valueOf(object(vector, column, row).orElseThrow()));
        } else {
            json.writeString(String.valueOf(object(vector, column, row).orElseThrow()));
        }
    }

    /** Does something with a row. */
    @FunctionalInterface
    interface RowAction {
        void accept(Batch batch, int row) throws IOException;
    }

    static void eachRow(List<Batch> batches, int count, RowAction action) throws IOException {
        for (int i = 0; i < count; i++) {
            Batch batch = batches.get(i % batches.size());
            for (int row = 0; row < batch.rows(); row++) {
                action.accept(batch, row);
            }
        }
    }

    private static Optional<Object> object(Vector vector, Column column, int row) {
        if (vector.isNull(row)) {
            return Optional.empty();
        }
        if (vector instanceof BytesVector text) {
            return Optional.of(text.text(row));
        }
        if (vector instanceof DoubleVector doubles) {
            return Optional.of(doubles.get(row));
        }
        long value = ((LongVector) vector).get(row);
        ColumnType type = column.type();
        if (type instanceof ColumnType.Decimal decimal) {
            return Optional.of(BigDecimal.valueOf(value, decimal.scale()).toPlainString());
        }
        if (type instanceof ColumnType.Date) {
            return Optional.of(LocalDate.ofEpochDay(value).toString());
        }
        if (type instanceof ColumnType.Timestamp) {
            return Optional.of(LocalDateTime.ofEpochSecond(value / MICROS, 0, ZoneOffset.UTC)
                    .toString());
        }
        return Optional.of(type instanceof ColumnType.Bool ? (Object) (value == 1) : (Object) value);
    }

    private static Schema schema(Columns columns) {
        FieldAssembler<Schema> fields = SchemaBuilder.record("row").fields();
        for (Column column : columns) {
            ColumnType type = column.type();
            if (type instanceof ColumnType.Bool) {
                fields = fields.optionalBoolean(column.name());
            } else if (type instanceof ColumnType.Int) {
                fields = fields.optionalLong(column.name());
            } else if (type instanceof ColumnType.FloatingPoint) {
                fields = fields.optionalDouble(column.name());
            } else {
                fields = fields.optionalString(column.name());
            }
        }
        return fields.endRecord();
    }

    private static Writer writer(OutputStream out) {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }
}
