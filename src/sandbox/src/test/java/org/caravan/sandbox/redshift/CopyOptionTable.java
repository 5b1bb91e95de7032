package org.caravan.sandbox.redshift;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * {@code conformance/copy-options.csv}: the words of COPY, arguments that they take and one that they do not, and the formats
 * they are for ({@code yes}, {@code no}, or the only argument allowed).
 */
final class CopyOptionTable {
    /** The formats, as columns of the table; text is written without a name. */
    enum Format {
        TEXT(""),
        CSV("csv"),
        FIXEDWIDTH("fixedwidth 'a:3,b:2'"),
        JSON("json 'auto'"),
        AVRO("avro 'auto ignorecase'"),
        PARQUET("parquet"),
        ORC("orc"),
        SHAPEFILE("shapefile");

        final String words;

        Format(String words) {
            this.words = words;
        }

        boolean isColumnar() {
            return this == PARQUET || this == ORC;
        }
    }

    /** @param bad an argument that is refused with a message that contains {@code refusal}; empty if there is none */
    record Option(String name, List<String> good, String bad, String refusal, Map<String, String> formats) {
        /** Whether the table allows the option with this argument for the format. */
        boolean allows(Format format, String argument) {
            String cell = formats.get(format.name().toLowerCase(java.util.Locale.ROOT));
            return cell.equals("yes") || !cell.equals("no") && argument.equalsIgnoreCase(cell);
        }

        String refusal(Format format) {
            return format.isColumnar()
                    ? name + " argument is not supported for " + format + " based COPY"
                    : (format == Format.TEXT ? "DELIMITER" : format) + " is not compatible with " + name;
        }
    }

    private CopyOptionTable() {}

    static List<Option> read() throws IOException {
        List<Option> options = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(Path.of("conformance", "copy-options.csv"))) {
            CSVFormat format = CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            for (CSVRecord cells : format.parse(reader)) {
                List<String> good = Arrays.stream(cells.get("good").split("/(?= |$)", -1))
                        .map(String::strip)
                        .toList();
                options.add(
                        new Option(cells.get("option"), good, cells.get("bad"), cells.get("refusal"), cells.toMap()));
            }
        }
        return options;
    }
}
