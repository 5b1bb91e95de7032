package org.caravan.sandbox.redshift.copy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What the load tables (STL_LOAD_*, SYS_LOAD_*) and pg_last_copy_id() know: lines of JSON in files below PostgreSQL's data
 * directory, which functions in bootstrap/loads.sql read. So they outlive a rollback, and no snapshot hides them. Thread-safe.
 */
public final class LoadHistory {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Who loads, and when and where it began. */
    record Load(long queryId, int session, String user, String database, String table, String source, Instant start) {}

    /** A file that was loaded. */
    record LoadedFile(String file, long rows, long bytes) {}

    private final Path directory;
    private final AtomicLong queries;

    public LoadHistory(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        try (Stream<Path> left = Files.list(directory)) {
            for (Path file : left.filter(path -> path.getFileName().toString().startsWith("session_"))
                    .toList()) {
                Files.delete(file);
            }
        }
        queries = new AtomicLong(lastQuery(directory.resolve("loads.jsonl")));
    }

    private static long lastQuery(Path loads) throws IOException {
        if (!Files.exists(loads)) {
            return 0;
        }
        long last = 0;
        for (String line : Files.readAllLines(loads)) {
            last = Math.max(last, JSON.readTree(line).path("query_id").asLong());
        }
        return last;
    }

    public long nextQuery() {
        return queries.incrementAndGet();
    }

    void started(Load load) throws IOException {
        append("loads.jsonl", status(load, "running", List.of(), 0));
    }

    void completed(Load load, List<LoadedFile> files) throws IOException {
        append("loads.jsonl", status(load, "completed", files, 0));
        for (LoadedFile file : files) {
            Map<String, Object> line = identity(load);
            line.put("file_name", file.file());
            line.put("rows", file.rows());
            line.put("bytes", file.bytes());
            append("files.jsonl", line);
        }
    }

    void failed(Load load, CopyFailure failure) throws IOException {
        append(
                "loads.jsonl",
                status(load, "aborted", List.of(), failure.loadError().isPresent() ? 1 : 0));
        if (failure.loadError().isPresent()) {
            LoadError error = failure.loadError().get();
            Map<String, Object> line = identity(load);
            line.put("file_name", error.file());
            line.put("line_number", error.line());
            line.put("column_name", error.column());
            line.put("column_type", error.type());
            line.put("column_length", error.length());
            line.put("value", error.value());
            line.put("error_code", error.code());
            line.put("error_message", error.reason());
            append("errors.jsonl", line);
        }
    }

    /** What pg_last_copy_id(), pg_last_copy_count() and pg_last_query_id() answer in a session. */
    public void remember(int session, long copyId, long copyCount, long queryId) throws IOException {
        Path file = directory.resolve("session_" + session + ".json");
        Path written = directory.resolve("session_" + session + ".new");
        Files.writeString(
                written,
                JSON.writeValueAsString(Map.of("copy_id", copyId, "copy_count", copyCount, "query_id", queryId)));
        Files.move(
                written,
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    public void forget(int session) throws IOException {
        Files.deleteIfExists(directory.resolve("session_" + session + ".json"));
    }

    private static Map<String, Object> identity(Load load) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("query_id", load.queryId());
        line.put("session_id", load.session());
        line.put("user_name", load.user());
        line.put("database_name", load.database());
        line.put("table_name", load.table());
        line.put("data_source", load.source());
        line.put("start_time", load.start().toString());
        line.put("end_time", Instant.now().toString());
        return line;
    }

    private static Map<String, Object> status(Load load, String status, List<LoadedFile> files, int errors) {
        Map<String, Object> line = identity(load);
        line.put("status", status);
        line.put("loaded_rows", files.stream().mapToLong(LoadedFile::rows).sum());
        line.put("loaded_bytes", files.stream().mapToLong(LoadedFile::bytes).sum());
        line.put("source_file_count", files.size());
        line.put("error_count", errors);
        return line;
    }

    private synchronized void append(String file, Map<String, Object> line) throws IOException {
        byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(directory.resolve(file), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
