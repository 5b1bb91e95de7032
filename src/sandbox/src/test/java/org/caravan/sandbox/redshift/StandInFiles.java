package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Tables and Parquet files, each under a name of its own, for tests of {@link SharedRedshift}. */
final class StandInFiles {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Path DIRECTORY = newDirectory();

    private StandInFiles() {}

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "stand-in-files-");
        } catch (IOException e) {
            throw new IllegalStateException("There is no directory for the tests' files", e);
        }
    }

    /** Where the files are written before they are put into S3, under their keys. */
    static Path directory() {
        return DIRECTORY;
    }

    /** A number that no other test has. */
    static int number() {
        return NUMBERS.incrementAndGet();
    }

    static String newTable(Statement statement, String columns) throws SQLException {
        String table = "stand_in_" + number();
        statement.execute("create table " + table + " (" + columns + ")");
        return table;
    }

    static Object one(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getObject(1);
        }
    }

    static String parquet(List<String> fields, int rows, ParquetFiles.Row row) throws Exception {
        String key = "data/" + number() + ".parquet";
        return SharedRedshift.s3()
                .put(key, ParquetFiles.write(DIRECTORY.resolve(key), ParquetFiles.schema(fields), rows, row));
    }

    /** A manifest of one file with its true size. */
    static String manifest(String url) throws Exception {
        String key = url.substring(url.indexOf('/', 5) + 1);
        return SharedRedshift.s3().putManifest(key + ".manifest", url, Files.size(DIRECTORY.resolve(key)));
    }

    static String numbers(int rows) throws Exception {
        return manifest(parquet(List.of("optional int64 id", "optional binary name (STRING)"), rows, (group, i) -> {
            group.add(0, (long) i);
            group.add(1, "name " + i);
        }));
    }

    static String copy(String table, String manifest) {
        return "copy " + table + " from '" + manifest + "' iam_role '" + SharedRedshift.ROLE
                + "' format as parquet manifest";
    }
}
