package org.caravan.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.apache.avro.Schema;
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
import org.junit.jupiter.api.Test;

/**
 * Rows a second of each encoder, and of the usual library on the same batches: one thread, output discarded, rows like TPC-H's
 * lineitem. Counts the thread's processor time, so that other work on the machine disturbs it little. Runs only if it is named:
 * {@code mvn test -Dtest=EncoderBench}; the figures are in {@code target/surefire-reports/*EncoderBench-output.txt}.
 */
class EncoderBench {
    private static final int BATCH_ROWS = 2048;
    private static final int BATCHES = 100;
    private static final int REPEATS = 4;
    private static final ColumnType MONEY = new ColumnType.Decimal(15, 2);

    private final List<Batch> batches = batches();
    private final Columns columns = batches.get(0).columns();

    /** Writes all batches to an output. */
    @FunctionalInterface
    private interface Run {
        void write(OutputStream out) throws IOException;
    }

    @Test
    void measures() throws IOException {
        for (ParquetCodec codec : List.of(ParquetCodec.SNAPPY, ParquetCodec.ZSTD)) {
            ParquetOptions options = ParquetOptions.builder().codec(codec).build();
            measure("parquet " + codec, out -> encode(new ParquetEncoder(columns, options, out)));
        }
        for (AvroCodec codec : AvroCodec.values()) {
            AvroOptions options = AvroOptions.builder().codec(codec).build();
            measure("avro " + codec, out -> encode(new AvroEncoder(columns, options, out)));
        }
        for (Compression compression : Compression.values()) {
            CsvOptions options = CsvOptions.builder().compression(compression).build();
            measure("csv " + compression, out -> encode(new CsvEncoder(columns, options, out)));
        }
        for (Compression compression : List.of(Compression.NONE, Compression.GZIP, Compression.ZSTD)) {
            JsonLinesOptions options =
                    JsonLinesOptions.builder().compression(compression).build();
            measure("jsonl " + compression, out -> encode(new JsonLinesEncoder(columns, options, out)));
        }
        measure("avro NONE by the Avro library", this::avroLibrary);
        measure("csv NONE by Commons CSV", this::commonsCsv);
        measure("jsonl NONE by Jackson", this::jackson);
    }

    private void measure(String name, Run run) throws IOException {
        double best = 0;
        long bytes = 0;
        for (int i = 0; i < REPEATS; i++) {
            FileOutput out = new FileOutput(OutputStream.nullOutputStream());
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            run.write(out);
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            best = Math.max(best, BATCHES * (double) BATCH_ROWS / nanos * 1000);
            bytes = out.position();
        }
        System.out.printf(
                Locale.ROOT,
                "%-32s %5.2f million rows a second, %6.1f bytes a row%n",
                name,
                best,
                bytes / (double) (BATCHES * BATCH_ROWS));
    }

    private void encode(Encoder encoder) throws IOException {
        try (encoder) {
            for (int i = 0; i < BATCHES; i++) {
                encoder.write(batches.get(i % batches.size()));
            }
            encoder.finish();
        }
    }

    private void avroLibrary(OutputStream out) throws IOException {
        Schema schema = new Schema.Parser().parse(AvroSchema.of(columns, AvroOptions.defaults()));
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
            writer.setCodec(CodecFactory.nullCodec());
            writer.create(schema, out);
            eachRow((batch, row) -> {
                GenericRecord record = new GenericData.Record(schema);
                for (int column = 0; column < columns.size(); column++) {
                    record.put(column, object(batch.vector(column), columns.get(column), row));
                }
                writer.append(record);
            });
        }
    }

    private void commonsCsv(OutputStream out) throws IOException {
        try (CSVPrinter printer = new CSVPrinter(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), CSVFormat.RFC4180)) {
            eachRow((batch, row) -> {
                for (int column = 0; column < columns.size(); column++) {
                    printer.print(object(batch.vector(column), columns.get(column), row));
                }
                printer.println();
            });
        }
    }

    private void jackson(OutputStream out) throws IOException {
        List<SerializedString> names =
                columns.stream().map(Column::name).map(SerializedString::new).toList();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setRootValueSeparator(new SerializedString("\n"));
            eachRow((batch, row) -> {
                json.writeStartObject();
                for (int column = 0; column < columns.size(); column++) {
                    json.writeFieldName(names.get(column));
                    Vector vector = batch.vector(column);
                    if (vector instanceof BytesVector text) {
                        json.writeUTF8String(text.data(), text.start(row), text.length(row));
                    } else if (columns.get(column).type() instanceof ColumnType.Int) {
                        json.writeNumber(((LongVector) vector).get(row));
                    } else if (columns.get(column).type() instanceof ColumnType.Decimal) {
                        json.writeNumber(String.valueOf(object(vector, columns.get(column), row)));
                    } else {
                        json.writeString(String.valueOf(object(vector, columns.get(column), row)));
                    }
                }
                json.writeEndObject();
            });
        }
    }

    /** Does something with a row. */
    @FunctionalInterface
    private interface RowAction {
        void accept(Batch batch, int row) throws IOException;
    }

    private void eachRow(RowAction action) throws IOException {
        for (int i = 0; i < BATCHES; i++) {
            Batch batch = batches.get(i % batches.size());
            for (int row = 0; row < batch.rows(); row++) {
                action.accept(batch, row);
            }
        }
    }

    private static Object object(Vector vector, Column column, int row) {
        if (vector instanceof BytesVector text) {
            return text.text(row);
        }
        if (vector instanceof DoubleVector doubles) {
            return doubles.get(row);
        }
        long value = ((LongVector) vector).get(row);
        if (column.type() instanceof ColumnType.Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.scale()).toPlainString();
        }
        if (column.type() instanceof ColumnType.Date) {
            return LocalDate.ofEpochDay(value).toString();
        }
        return column.type() instanceof ColumnType.Int integer && integer.bytes() == Integer.BYTES
                ? (Object) (int) value
                : (Object) value;
    }

    private static List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            long first = i * (long) BATCH_ROWS;
            batches.add(new Rows()
                    .and("l_orderkey", new ColumnType.Int(8), values(row -> (first + row) / 4 + 1))
                    .and("l_partkey", new ColumnType.Int(8), values(row -> (long) random.nextInt(200_000)))
                    .and("l_suppkey", new ColumnType.Int(8), values(row -> (long) random.nextInt(10_000)))
                    .and("l_linenumber", new ColumnType.Int(4), values(row -> row % 4 + 1L))
                    .and("l_quantity", MONEY, values(row -> (1 + random.nextInt(50)) * 100L))
                    .and("l_extendedprice", MONEY, values(row -> 90_000L + random.nextInt(10_000_000)))
                    .and("l_discount", MONEY, values(row -> (long) random.nextInt(11)))
                    .and("l_tax", MONEY, values(row -> (long) random.nextInt(9)))
                    .and("l_returnflag", new ColumnType.Text(4), values(row -> List.of("N", "R", "A")
                            .get(random.nextInt(3))))
                    .and("l_linestatus", new ColumnType.Text(4), values(row -> random.nextBoolean() ? "O" : "F"))
                    .and("l_shipdate", new ColumnType.Date(), values(row -> 8036L + random.nextInt(2500)))
                    .and("l_commitdate", new ColumnType.Date(), values(row -> 8036L + random.nextInt(2500)))
                    .and("l_receiptdate", new ColumnType.Date(), values(row -> 8036L + random.nextInt(2500)))
                    .and("l_shipinstruct", new ColumnType.Text(100), values(row -> List.of(
                                    "DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN")
                            .get(random.nextInt(4))))
                    .and("l_shipmode", new ColumnType.Text(40), values(row -> List.of(
                                    "AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK")
                            .get(random.nextInt(7))))
                    .and("l_comment", new ColumnType.Text(176), values(row -> comment(random)))
                    .batch());
        }
        return batches;
    }

    private static String comment(Random random) {
        List<String> words =
                List.of("carefully", "final", "deposits", "sleep", "blithely", "regular, express", "foxes", "above");
        StringBuilder text = new StringBuilder();
        int length = 10 + random.nextInt(33);
        while (text.length() < length) {
            text.append(words.get(random.nextInt(words.size()))).append(' ').append((char) ('a' + random.nextInt(26)));
        }
        return text.substring(0, length).strip();
    }

    private static List<Object> values(Function<Long, Object> value) {
        List<Object> values = new ArrayList<>(BATCH_ROWS);
        for (long row = 0; row < BATCH_ROWS; row++) {
            values.add(value.apply(row));
        }
        return values;
    }
}
