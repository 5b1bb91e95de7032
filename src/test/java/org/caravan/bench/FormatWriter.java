package org.caravan.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.caravan.format.AvroCodec;
import org.caravan.format.AvroEncoder;
import org.caravan.format.AvroOptions;
import org.caravan.format.Compression;
import org.caravan.format.CsvEncoder;
import org.caravan.format.CsvOptions;
import org.caravan.format.Encoder;
import org.caravan.format.JsonLinesEncoder;
import org.caravan.format.JsonLinesOptions;
import org.caravan.format.ParquetCodec;
import org.caravan.format.ParquetEncoder;
import org.caravan.format.ParquetOptions;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;

/** Writes a file of batches, which are given over and over until there are enough. */
@FunctionalInterface
interface FormatWriter {
    void write(List<Batch> batches, int count, OutputStream out) throws IOException;

    /** The writer of a name: format, perhaps a library, and codec. */
    static FormatWriter of(String name) {
        int dash = name.lastIndexOf('-');
        String codec = name.substring(dash + 1).toUpperCase(Locale.ROOT);
        return switch (name.substring(0, dash)) {
            case "parquet" ->
                parquet(ParquetOptions.builder()
                        .codec(ParquetCodec.valueOf(codec))
                        .build());
            case "avro" ->
                encoder((columns, out) -> new AvroEncoder(
                        columns,
                        AvroOptions.builder().codec(AvroCodec.valueOf(codec)).build(),
                        out));
            case "csv" ->
                encoder((columns, out) -> new CsvEncoder(
                        columns,
                        CsvOptions.builder()
                                .compression(Compression.valueOf(codec))
                                .build(),
                        out));
            case "jsonl" ->
                encoder((columns, out) -> new JsonLinesEncoder(
                        columns,
                        JsonLinesOptions.builder()
                                .compression(Compression.valueOf(codec))
                                .build(),
                        out));
            case "parquet-java" -> new ParquetJava(ParquetCodec.valueOf(codec));
            case "avro-library" -> LibraryWriters::avro;
            case "commons-csv" -> LibraryWriters::commonsCsv;
            case "fastcsv" -> LibraryWriters::fastCsv;
            case "jackson" -> LibraryWriters::jackson;
            default -> throw new IllegalArgumentException("No writer is named " + name);
        };
    }

    static FormatWriter parquet(ParquetOptions options) {
        return encoder((columns, out) -> new ParquetEncoder(columns, options, out));
    }

    private static FormatWriter encoder(EncoderOf encoderOf) {
        return (batches, count, out) -> {
            try (Encoder encoder = encoderOf.open(batches.get(0).columns(), out)) {
                for (int i = 0; i < count; i++) {
                    encoder.write(batches.get(i % batches.size()));
                }
                encoder.finish();
            }
        };
    }

    /** Begins a file. */
    @FunctionalInterface
    interface EncoderOf {
        Encoder open(Columns columns, OutputStream out);
    }
}
