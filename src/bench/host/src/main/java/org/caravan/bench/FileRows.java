package org.caravan.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * The rows in a contender's files and the sum of their keys, found by readers of other make: DuckDB, and Apache Avro's own.
 *
 * @param bytes of all files
 */
record FileRows(long rows, String keySum, long bytes) {
    private static final List<String> FORMATS = List.of("parquet", "avro", "csv", "csv.zst", "jsonl.zst");

    /** Reads all files below a folder; those of other names (check sums, markers, manifests) are left alone. */
    static FileRows of(Path folder, String key) throws IOException {
        long bytes = 0;
        Map<String, List<Path>> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Optional<String> format = format(file);
                if (format.isPresent()) {
                    bytes += Files.size(file);
                    files.computeIfAbsent(format.get(), each -> new ArrayList<>())
                            .add(file);
                }
            }
        }
        long rows = 0;
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, List<Path>> each : files.entrySet()) {
            FileRows found = each.getKey().equals("avro")
                    ? avro(each.getValue(), key)
                    : duckDb(each.getKey(), each.getValue(), key);
            rows += found.rows;
            sum = sum.add(new BigDecimal(found.keySum));
        }
        return new FileRows(rows, sum.toPlainString(), bytes);
    }

    private static Optional<String> format(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".")
                ? Optional.empty()
                : FORMATS.stream().filter(format -> name.endsWith("." + format)).findFirst();
    }

    private static FileRows avro(List<Path> files, String key) throws IOException {
        long rows = 0;
        long sum = 0;
        for (Path file : files) {
            try (DataFileReader<GenericRecord> reader =
                    new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
                GenericRecord row = null;
                while (reader.hasNext()) {
                    row = reader.next(row);
                    rows++;
                    sum += ((Number) row.get(key)).longValue();
                }
            }
        }
        return new FileRows(rows, Long.toString(sum), 0);
    }

    /** CSV may have a line of names or none, so that the first column, which is the key, has no name. */
    private static FileRows duckDb(String format, List<Path> files, String key) {
        String list =
                String.join(", ", files.stream().map(file -> "'" + file + "'").toList());
        String from;
        String column = "\"" + key + "\"";
        if (format.equals("parquet")) {
            from = "read_parquet([" + list + "])";
        } else if (format.startsWith("csv")) {
            from = "read_csv([" + list + "], all_varchar=true, header=" + hasHeader(files.get(0)) + ")";
            column = "COLUMNS(c -> c = '" + key + "' OR c = 'column00' OR c = 'column0')::bigint";
        } else {
            from = "read_json([" + list + "], format='newline_delimited', columns={'" + key + "': 'BIGINT'})";
        }
        String sql = "SELECT count(*), coalesce(sum(" + column + "), 0)::varchar FROM " + from;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return new FileRows(result.getLong(1), result.getString(2), 0);
        } catch (SQLException e) {
            throw new BenchFailure("The files cannot be read by DuckDB: " + e.getMessage(), e);
        }
    }

    /** Caravan's CSV names its columns, the stock Camel route's does not. */
    private static boolean hasHeader(Path file) {
        return file.getFileName().toString().endsWith(".zst");
    }

    /** What differs from the source, if something does. */
    Optional<String> difference(Dataset data) {
        if (rows != data.rows()) {
            return Optional.of(String.format(Locale.ROOT, "%,d rows instead of %,d", rows, data.rows()));
        }
        return new BigDecimal(keySum).compareTo(new BigDecimal(data.keySum())) == 0
                ? Optional.empty()
                : Optional.of("the keys' sum is " + keySum + " instead of " + data.keySum());
    }
}
