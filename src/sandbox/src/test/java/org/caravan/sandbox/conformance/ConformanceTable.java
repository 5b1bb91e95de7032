package org.caravan.sandbox.conformance;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The conformance tables of a stand-in: files {@code conformance/NAME/*.csv} below the sandbox's project, each row a statement or
 * call, what is to come of it, and who says so.
 */
public final class ConformanceTable {
    private static final List<String> HEADER = List.of("id", "given", "statement", "expected", "source", "basis");
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();

    private ConformanceTable() {}

    /**
     * All rows of a stand-in, file by file in the order of their names.
     *
     * @throws IllegalArgumentException if a row cannot be understood or an id stands twice; the message names file and line
     */
    public static List<ConformanceRow> of(String standIn) throws IOException {
        Path folder = Path.of("conformance", standIn);
        List<ConformanceRow> rows = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                read(file, rows, places);
            }
        }
        return rows;
    }

    private static void read(Path file, List<ConformanceRow> rows, Map<String, String> places) throws IOException {
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser records = FORMAT.parse(reader)) {
            if (!records.getHeaderNames().equals(HEADER)) {
                throw new IllegalArgumentException(
                        file + " begins with " + records.getHeaderNames() + ", not with " + HEADER);
            }
            for (CSVRecord cells : records) {
                String place = file + ":" + records.getCurrentLineNumber();
                if (!cells.isConsistent()) {
                    throw new IllegalArgumentException(
                            place + ": " + cells.size() + " cells instead of " + HEADER.size());
                }
                ConformanceRow row;
                try {
                    row = ConformanceRow.of(cells.toMap(), file.getFileName().toString());
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
                }
                String before = places.putIfAbsent(row.id(), place);
                if (before != null) {
                    throw new IllegalArgumentException(
                            place + ": the id " + row.id() + " stands at " + before + " too");
                }
                rows.add(row);
            }
        }
    }
}
