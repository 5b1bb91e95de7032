package org.caravan.sandbox.redshift.copy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
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
    record Load(
            long queryId,
            int session,
            String user,
            String database,
            String table,
            long tableId,
            String source,
            String format,
            Instant start) {}

    /**
     * A file that was loaded.
     *
     * @param lines the rows that were loaded and those that were rejected
     */
    record LoadedFile(String file, long rows, long lines, long bytes) {}

    /** A row in which invalid characters were replaced. */
    record Replacement(String file, long line, String column, String rawLine) {}

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
        queries = new AtomicLong(
                Math.max(lastQuery(directory.resolve("loads.jsonl")), lastQuery(directory.resolve("unloads.jsonl"))));
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

    void completed(Load load, List<LoadedFile> files, long errors) throws IOException {
        append("loads.jsonl", status(load, "completed", files, errors));
        for (LoadedFile file : files) {
            Map<String, Object> line = identity(load);
            line.put("file_name", file.file());
            line.put("rows", file.rows());
            line.put("lines", file.lines());
            line.put("bytes", file.bytes());
            append("files.jsonl", line);
        }
    }

    void failed(Load load, CopyFailure failure, long errors) throws IOException {
        append(
                "loads.jsonl",
                status(load, "aborted", List.of(), errors + (failure.loadError().isPresent() ? 1 : 0)));
        if (failure.loadError().isPresent()) {
            rejected(load, List.of(failure.loadError().get()));
        }
    }

    void rejected(Load load, List<LoadError> errors) throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (LoadError error : errors) {
            Map<String, Object> line = identity(load);
            line.put("file_name", error.file());
            line.put("line_number", error.line());
            line.put("column_name", error.column());
            line.put("column_type", error.type());
            line.put("column_length", error.length());
            line.put("position", error.position());
            line.put("raw_line", error.rawLine());
            line.put("value", error.value());
            line.put("error_code", error.code());
            line.put("error_message", error.reason().replace('\0', ' '));
            line.put("fields", error.fields());
            lines.add(line);
        }
        append("errors.jsonl", lines);
    }

    void replaced(Load load, List<Replacement> replacements) throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Replacement replacement : replacements) {
            Map<String, Object> line = identity(load);
            line.put("file_name", replacement.file());
            line.put("line_number", replacement.line());
            line.put("column_name", replacement.column());
            line.put("raw_line", replacement.rawLine());
            lines.add(line);
        }
        append("replacements.jsonl", lines);
    }

    /** What pg_last_copy_id(), pg_last_copy_count(), pg_last_unload_id() and the like answer in a session. */
    public void remember(int session, SessionFacts facts) throws IOException {
        Path file = directory.resolve("session_" + session + ".json");
        Path written = directory.resolve("session_" + session + ".new");
        Files.writeString(written, JSON.writeValueAsString(facts));
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
        line.put("table_id", load.tableId());
        line.put("data_source", load.source());
        line.put("file_format", load.format());
        line.put("start_time", load.start().toString());
        line.put("end_time", Instant.now().toString());
        return line;
    }

    private static Map<String, Object> status(Load load, String status, List<LoadedFile> files, long errors) {
        Map<String, Object> line = identity(load);
        line.put("status", status);
        line.put("loaded_rows", files.stream().mapToLong(LoadedFile::rows).sum());
        line.put("loaded_bytes", files.stream().mapToLong(LoadedFile::bytes).sum());
        line.put("source_file_count", files.size());
        line.put("error_count", errors);
        return line;
    }

    /** Adds a line to a file that a function in bootstrap.sql reads. */
    public void append(String file, Map<String, Object> line) throws IOException {
        append(file, List.of(line));
    }

    private synchronized void append(String file, List<Map<String, Object>> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (Map<String, Object> line : lines) {
            text.append(JSON.writeValueAsString(line)).append('\n');
        }
        Files.write(
                directory.resolve(file),
                text.toString().getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
